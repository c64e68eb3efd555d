import { type AwsClients } from "../../common/aws-clients";
import { type ExportedResource } from "../../sandbox/host/host";
import { accountIn } from "../aws/arn";
import { type Identity } from "../aws/identity";
import { accountOf, requireStateOf } from "../engine/state-account";
import { type StackHost } from "../engine/stack-host";
import { ask } from "../aws/ask";
import { survey } from "../survey/survey";
import { type AcceptedDrift, type Acceptance, withoutAccepted } from "./accepted";
import { type DriftItem, type DriftReport, driftReport, inOrder, stateOf } from "./model";
import { controlPlaces, placeOf, type SourcePlace } from "./source";
import { type LeftAlone } from "./left-alone";
import { unmanagedIn, unmanagedKinds, untold } from "./unmanaged";
import { whoChanged, type WhoOptions } from "./who";

export interface DriftRequest extends LeftAlone {
  host: Pick<StackHost, "engine" | "refresh" | "resources">;
  project: string;
  stack: string;
  /** The account itself, for what refresh cannot see. Without it neither `who` nor `unmanaged` has an effect. */
  aws?: AwsClients;
  /** Who looks. */
  identity?: Identity;
  /** The accounts whoever signs for the stack is proven to be of. By default `aws` is asked. */
  accountIds?: readonly string[];
  /** Asks CloudTrail who changed what is drifted. */
  who?: boolean | Partial<WhoOptions>;
  /** Looks for what the program does not manage. */
  unmanaged?: boolean;
  /** Regions to look for it in; by default every one enabled in the account. */
  regions?: string[];
  accepted?: AcceptedDrift[];
  /** Sentences to begin the report's notes with. */
  notes?: string[];
  /** Of the look: decides which acceptance is over. Default: now. */
  now?: Date;
  onProgress?: (text: string) => void;
}

/** A drift report of one stack, with everything there is to tell. */
export interface StackDrift extends DriftReport {
  /** Who looked, and in which account. */
  identity?: Identity;
  project: string;
  stack: string;
  /** Which engine looked, in words. */
  engine: string;
  /** ISO 8601, in UTC. */
  startedAt: string;
  seconds: number;
  acceptance: Acceptance;
  /** Whether it was looked for what the program does not manage. */
  unmanagedLookedFor: boolean;
  /** What could not be asked, of CloudTrail for instance, in sentences. It says nothing about drift. */
  notes: string[];
}

/**
 * Looks at one stack and its account. Nothing is written.
 *
 * @throws BaselineError `wrong-account`: in another account everything would look deleted, and a fix would make it there;
 *   and what `ask` throws where nobody says whose credentials these are
 */
export async function lookForDrift(request: DriftRequest): Promise<StackDrift> {
  const { host, aws, accepted = [], now = new Date(), onProgress } = request;
  const started = performance.now();
  const state = await host.resources();
  const accountIds = request.accountIds ?? (aws && [await accountIdOf(aws)]);
  if (accountIds) {
    requireStateOf(state, accountIds);
  }
  onProgress?.("reading every resource of the stack back");
  const observations = await host.refresh();
  const report = driftReport(observations);
  const unmanaged = request.unmanaged !== false && aws !== undefined;
  const beside = unmanaged ? await besideTheProgram(aws, state, request) : [];
  const items = inOrder(located([...report.items, ...beside, ...nothingIn(report.checked)], state));
  const judged = withoutAccepted({ ...report, state: stateOf(items), items }, accepted, now);
  const told =
    aws !== undefined && request.who !== false && judged.items.some((each) => each.state === "drifted")
      ? await whoChanged(aws, judged.items, state, whoOptions(request, state))
      : { items: judged.items, problems: [] };
  return {
    ...(request.identity && { identity: request.identity }),
    project: request.project,
    stack: request.stack,
    engine: host.engine,
    startedAt: now.toISOString(),
    seconds: (performance.now() - started) / 1000,
    ...judged,
    items: told.items,
    unmanagedLookedFor: unmanaged,
    notes: [...(request.notes ?? []), ...told.problems],
  };
}

async function accountIdOf(aws: AwsClients): Promise<string> {
  const { Account: accountId = "" } = await ask("sts:GetCallerIdentity", aws.defaultRegion, () =>
    aws.sts().getCallerIdentity({}),
  );
  return accountId;
}

async function besideTheProgram(
  aws: AwsClients,
  state: ExportedResource[],
  request: DriftRequest,
): Promise<DriftItem[]> {
  const { regions, onProgress } = request;
  onProgress?.("looking for what the program does not manage");
  try {
    const found = await survey(aws, {
      kinds: [...unmanagedKinds],
      ...(regions && { regions }),
      ...(onProgress && { onProgress: (text: string) => onProgress(`looking beside the program: ${text}`) }),
    });
    const own = accountOf(state);
    if (own !== undefined && own !== found.accountId) {
      const reason = `The credentials are of account ${found.accountId}, and the stack is of ${own}.`;
      return [notLookedAt(reason)];
    }
    return [...unmanagedIn(found, state, request), ...untold(found, request)];
  } catch (error) {
    const [sentence = ""] = (error as Error).message.split("\n");
    return [notLookedAt(sentence)];
  }
}

/** A look that did not take place is doubt, which is neither drift nor its absence. */
function notLookedAt(reason: string): DriftItem {
  return {
    state: "unknown",
    severity: "medium",
    control: "program",
    urn: "what the program does not manage",
    type: "account",
    name: "what the program does not manage",
    id: "",
    differences: [],
    consequences: [],
    reason,
  };
}

// A stack that was never applied, or a state that is kept elsewhere, must not pass for an account that is in order.
function nothingIn(checked: number): DriftItem[] {
  const reason = "The stack's state holds no resource: `pulumi up` was never run, or the state is kept elsewhere.";
  return checked === 0 ? [{ ...notLookedAt(reason), urn: "the stack", name: "the stack" }] : [];
}

function located(items: DriftItem[], state: ExportedResource[]): DriftItem[] {
  if (items.length === 0) {
    return items;
  }
  const positions = new Map(state.map(({ urn, sourcePosition }) => [urn, sourcePosition]));
  const controls = controlPlaces();
  const program: SourcePlace = { path: "index.ts" };
  return items.map((item) => ({
    ...item,
    at: placeOf(positions.get(item.urn)) ?? controls.get(item.control) ?? program,
  }));
}

function whoOptions({ who, onProgress }: DriftRequest, state: ExportedResource[]): WhoOptions {
  const arn = state.map(({ outputs }) => outputs?.["arn"]).find((each) => accountIn(each) !== undefined);
  const partition = typeof arn === "string" ? (arn.split(":")[1] ?? "aws") : "aws";
  return { partition, ...(onProgress && { onProgress }), ...(typeof who === "object" && who) };
}
