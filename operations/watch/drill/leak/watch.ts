import { accessKeysOf, attachedPoliciesOf } from "../../../account/identity/user-lists";
import { type AwsClients } from "../../../../aws/clients";
import { ask } from "../../../../aws/ask";
import { denyAllPolicy } from "../../../../components/leak-response/leak-machine-parts";
import { type Execution, Executions } from "./executions";
import { pause } from "./pause";
import { type LeakDrillPlan } from "./plan";

/** What was seen of the answer; seconds since AWS said that the quarantine is on. */
export interface Observed {
  /** Seconds that were waited. */
  waited: number;
  begun?: number;
  inactive?: number;
  answered?: number;
  /** The execution that does the work; where there is none, what failed before it; where nothing failed, the first. */
  execution?: Execution;
  /** Where the response is to deny the user everything: it did. */
  denied?: boolean;
}

// IAM tells its servers within seconds that a key is Inactive.
const settling = 15;

/** Watches until the answer is there, or cannot come any more, or the time is up. @param begin `Date.now()` at the event */
export async function watch(
  clients: AwsClients,
  plan: LeakDrillPlan,
  keyId: string,
  begin: number,
  signal: AbortSignal,
  say: (text: string) => void,
): Promise<Observed> {
  const executions = new Executions(clients, plan, begin);
  const observed: Observed = { waited: 0 };
  const seconds = () => Math.round((Date.now() - begin) / 100) / 10;
  for (let looksAfter = 0; ;) {
    const [all, active] = await Promise.all([executions.ofUser(), isActive(clients, plan, keyId)]);
    note(observed, all, seconds());
    if (!active) {
      observed.inactive ??= seconds();
    }
    observed.waited = seconds();
    const ended = observed.execution !== undefined && observed.answered !== undefined;
    const failed = observed.execution !== undefined && hasFailed(observed.execution);
    const contained = plan.mode === "notify" || !active;
    looksAfter += ended ? 1 : 0;
    if (failed || (ended && (contained || looksAfter > settling))) {
      break;
    }
    if (observed.waited >= plan.timeout || signal.aborted) {
      break;
    }
    say(progressOf(observed, plan));
    await pause(Math.min(plan.interval, plan.timeout * 1000 - (Date.now() - begin)), signal);
  }
  if (plan.denies && !signal.aborted) {
    observed.denied = await isDenied(clients, plan);
  }
  return observed;
}

function note(observed: Observed, all: Execution[], now: number): void {
  if (all.length > 0) {
    observed.begun ??= now;
  }
  const execution = all.find(({ answers }) => answers) ?? all.find(hasFailed) ?? all[0];
  if (execution !== undefined) {
    observed.execution = execution;
    if (execution.answers && execution.status !== "RUNNING") {
      observed.answered ??= now;
    }
  }
}

export function hasFailed({ status }: Execution): boolean {
  return status !== "RUNNING" && status !== "SUCCEEDED";
}

function progressOf({ begun }: Observed, { names, globalRegion, timeout }: LeakDrillPlan): string {
  return begun === undefined
    ? `waiting up to ${timeout} s for the event to come from ${globalRegion}`
    : `${names.machine} is answering`;
}

async function isActive(clients: AwsClients, plan: LeakDrillPlan, keyId: string): Promise<boolean> {
  const { user: UserName, globalRegion: region } = plan;
  const keys = await ask("iam:ListAccessKeys", region, () => accessKeysOf(clients.iam(region), UserName));
  return keys.find(({ AccessKeyId }) => AccessKeyId === keyId)?.Status !== "Inactive";
}

async function isDenied(clients: AwsClients, plan: LeakDrillPlan): Promise<boolean> {
  const { user: UserName, globalRegion: region, names } = plan;
  const attached = await ask("iam:ListAttachedUserPolicies", region, () =>
    attachedPoliciesOf(clients.iam(region), UserName),
  );
  return attached.some(({ PolicyArn }) => PolicyArn === denyAllPolicy(names.partition));
}
