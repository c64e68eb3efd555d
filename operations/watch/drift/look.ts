import { type AwsClients } from "../../../aws/clients";
import { valueAt } from "../../../common/property-path";
import { presentable } from "../../../common/pulumi-values";
import { type ExportedResource } from "../../../engine/host";
import { accountIn } from "../../../aws/arn";
import { type Identity } from "../../../aws/identity";
import { requireStateOf } from "../../../engine/pulumi/state-account";
import { type StackHost } from "../../../engine/stack-host";
import { compareInputs } from "../../../common/compare-inputs";
import { ask } from "../../../aws/ask";
import { controlOf } from "../../../engine/control-of";
import { type Acceptance, withoutAccepted } from "./accepted";
import { type AcceptedDrift } from "./accepted-limits";
import { type Beside, isFoundBeside, lookBeside, notLookedAt } from "./beside";
import { type DriftItem, type DriftReport, driftReport, inOrder, stateOf } from "./model";
import { controlPlaces, placeOf, type SourcePlace } from "./source";
import { type LeftAlone } from "./left-alone";
import { stateWritten } from "./state-written";
import { whoChanged, type WhoOptions } from "./who";

export interface DriftRequest extends LeftAlone {
  host: Pick<StackHost, "engine" | "refresh" | "resources" | "backend">;
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
  onProgress?.("reading every resource back and comparing it with the program");
  const observations = await host.refresh();
  const isEmpty = !state.some(({ custom, type }) => custom !== false && !type.startsWith("pulumi:"));
  const report = driftReport(isEmpty ? [] : observations);
  const unmanaged = request.unmanaged !== false && aws !== undefined;
  const beside = unmanaged ? await lookBeside(aws, state, observations, request) : { items: [], notes: [] };
  const written = unmanaged ? await writtenState(aws, request) : { items: [], notes: [] };
  const empty = isEmpty ? [nothingInState(observations.length)] : [];
  const own = report.items.filter((each) => !isFoundBeside(each, beside.items, observations));
  const items = inOrder(located([...own, ...beside.items, ...written.items, ...empty], state));
  const looked = observations.map((each) => ({ ...each, control: controlOf(each.urn) }));
  const judged = withoutAccepted({ ...report, state: stateOf(items), items }, accepted, now, looked);
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
    notes: [...(request.notes ?? []), ...beside.notes, ...written.notes, ...told.problems],
  };
}

async function accountIdOf(aws: AwsClients): Promise<string> {
  const { Account: accountId = "" } = await ask("sts:GetCallerIdentity", aws.defaultRegion, () =>
    aws.sts().getCallerIdentity({}),
  );
  return accountId;
}

async function writtenState(aws: AwsClients, { host, project, stack }: DriftRequest): Promise<Beside> {
  // A stack that can be read has a backend; a CLI that cannot name it leaves nothing to look at.
  const backend = await host.backend?.().catch(() => undefined);
  return backend === undefined ? { items: [], notes: [] } : stateWritten(aws, { backend, project, stack });
}

// A stack that was never applied, or a state that is kept elsewhere, must not pass for an account that is in order.
function nothingInState(declared: number): DriftItem {
  const program = declared > 0 ? `none of the ${declared} resources that the program declares` : "no resource";
  const reason = `The stack's state holds ${program}: \`pulumi up\` was never run, the state is kept elsewhere, or somebody emptied it.`;
  return { ...notLookedAt(reason), urn: "the stack", name: "the stack" };
}

function located(items: DriftItem[], state: ExportedResource[]): DriftItem[] {
  if (items.length === 0) {
    return items;
  }
  const states = new Map(state.map((each) => [each.urn, each]));
  const controls = controlPlaces();
  const program: SourcePlace = { path: "index.ts" };
  return items.map((item) => ({
    ...item,
    ...(isInState(item, states.get(item.urn)) && { inState: true as const }),
    at: placeOf(states.get(item.urn)?.sourcePosition) ?? controls.get(item.control) ?? program,
  }));
}

function isInState({ change, differences }: DriftItem, { inputs }: Partial<ExportedResource> = {}): boolean {
  const recorded = (path: string) => presentable(valueAt(inputs, path));
  return (
    change === "changed" &&
    inputs !== undefined &&
    differences.every(({ path, found }) => compareInputs({ value: recorded(path) }, { value: found }).length === 0)
  );
}

function whoOptions({ who, onProgress }: DriftRequest, state: ExportedResource[]): WhoOptions {
  const arn = state.map(({ outputs }) => outputs?.["arn"]).find((each) => accountIn(each) !== undefined);
  const partition = typeof arn === "string" ? (arn.split(":")[1] ?? "aws") : "aws";
  return { partition, ...(onProgress && { onProgress }), ...(typeof who === "object" && who) };
}
