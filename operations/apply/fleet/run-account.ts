import { BaselineError } from "../../../common/errors";
import { type Lock } from "../../../common/file-lock";
import { type RunResult } from "../../../engine/host";
import { type AcceptedDrift } from "../../watch/drift/accepted-limits";
import { type LeftAlone } from "../../watch/drift/left-alone";
import { lookForDrift } from "../../watch/drift/look";
import { type StackHost } from "../../../engine/stack-host";
import { type UserStackOptions } from "../../../engine/pulumi/user-stack";
import { type FleetAccount } from "./account";
import { type AccountResult, type FleetVerb } from "./result";
import { retrying, type RetryOptions } from "./retry";
import { type AwsSession } from "../../../aws/session";
import { type ClientsFor, openSession, type Session, sessionEnvironment } from "./session";
import { lockStack } from "./stack-lock";

/** Who runs the fleet, held to one identity. */
export type Hub = Pick<AwsSession, "identity" | "handOver" | "confirm">;

/** What a run on one account needs besides the account. */
export interface AccountRun {
  verb: FleetVerb;
  project: string;
  /** Folder of `Pulumi.yaml` and the stack files. */
  workDir: string;
  /** Folder of the locks. */
  locks: string;
  /** Environment for `pulumi`, under that of the session. */
  environment: Record<string, string>;
  clientsFor: ClientsFor;
  /** Who runs the fleet. Absent: the environment's credentials work on accounts without a role. */
  hub?: () => Promise<Hub>;
  openStack: (options: UserStackOptions, session: Session) => Promise<StackHost>;
  /** Settings that go over the stack file, by full key. */
  config: (account: FleetAccount) => Record<string, string>;
  /** What its settings leave alone on purpose. */
  leftAlone: (account: FleetAccount) => LeftAlone;
  accepted: AcceptedDrift[];
  sleep: RetryOptions["sleep"];
  onProgress: (account: FleetAccount, text: string) => void;
  signal: AbortSignal;
}

/** Runs one account from its lock to its result. Does not throw: what went wrong is the result. */
export async function runAccount(account: FleetAccount, run: AccountRun): Promise<AccountResult> {
  const started = performance.now();
  const { name, accountId, stack } = account;
  let tries = 0;
  let lock: Lock | undefined;
  const told = { name, accountId, stack };
  try {
    const held = (lock = lockStack(run.locks, stack, run.verb));
    const outcome = await retrying(() => ((tries += 1), once(account, run, held)), {
      sleep: run.sleep,
      signal: run.signal,
      onRetry: (error, milliseconds) => {
        const seconds = Math.round(milliseconds / 1000);
        run.onProgress(account, `${firstLine(error.message)} Trying again in ${seconds} s.`);
      },
    });
    return { ...told, ...outcome, tries, seconds: secondsSince(started) };
  } catch (error) {
    const state = run.signal.aborted || (error instanceof BaselineError && error.code === "interrupted");
    return {
      ...told,
      state: state ? "interrupted" : "failed",
      error: described(error),
      tries,
      seconds: secondsSince(started),
    };
  } finally {
    lock?.();
  }
}

/** A result for an account whose turn never came. */
export function notStarted({ name, accountId, stack }: FleetAccount): AccountResult {
  return { name, accountId, stack, state: "not-started", tries: 0, seconds: 0 };
}

type Outcome = Pick<AccountResult, "callerArn" | "state" | "changes" | "findings" | "drift">;

// A session is taken for each run of the engine: it lasts an hour, and no run does.
async function once(account: FleetAccount, run: AccountRun, lock: Lock): Promise<Outcome> {
  const tell = (text: string) => run.onProgress(account, text);
  tell("taking the role");
  const { hub } = run;
  const session = await openSession(account, run.clientsFor, hub && (async () => (await hub()).handOver()));
  run.signal.throwIfAborted();
  tell("opening the stack");
  let [done, seen] = [0, 0];
  const host = await run.openStack(
    {
      stack: account.stack,
      workDir: run.workDir,
      environment: { ...run.environment, ...sessionEnvironment(session) },
      create: run.verb !== "drift",
      config: run.config(account),
      ...(account.policyConfig !== undefined && { policyConfig: account.policyConfig }),
      onStep: ({ op, type, region }) => tell(`${(done += 1)}: ${op} ${shortType(type)} ${region ?? ""}`),
      onEvent: ({ resourcePreEvent: event }) => {
        if (event && done === 0 && !event.metadata.type.startsWith("pulumi:")) {
          tell(`${words[run.verb]}, ${(seen += 1)}: ${shortType(event.metadata.type)}`);
        }
      },
      // Killed, this process would leave it at work on the stack.
      onProcess: (leader) => lock.includes(leader),
      signal: run.signal,
    },
    session,
  );
  try {
    const { callerArn } = session;
    return { ...(await work(account, run, session, host)), ...(callerArn !== undefined && { callerArn }) };
  } finally {
    await host.close();
  }
}

async function work(account: FleetAccount, run: AccountRun, session: Session, host: StackHost): Promise<Outcome> {
  if (run.verb !== "drift") {
    run.onProgress(account, words[run.verb]);
    return outcomeOf(run.verb === "up" ? await host.up("index") : await host.preview("index"));
  }
  const aws = await run.clientsFor(session.credentials);
  try {
    const drift = await lookForDrift({
      host,
      project: run.project,
      stack: account.stack.split("/").at(-1) ?? account.stack,
      aws,
      accountIds: [account.accountId],
      unmanaged: true,
      ...run.leftAlone(account),
      accepted: run.accepted,
      onProgress: (text) => text && run.onProgress(account, text),
    });
    return { state: drift.state === "clean" ? "done" : drift.state, drift };
  } finally {
    aws.destroy();
  }
}

const words: Record<FleetVerb, string> = { preview: "previewing", up: "updating", drift: "looking for drift" };

function shortType(type: string): string {
  return type.split(":").at(-1) ?? type;
}

function outcomeOf({ outcome, steps, findings }: RunResult): Outcome {
  const changes: NonNullable<AccountResult["changes"]> = {};
  steps.forEach(({ op }) => (changes[op] = (changes[op] ?? 0) + 1));
  return { state: outcome, changes, findings };
}

function described(error: unknown): NonNullable<AccountResult["error"]> {
  if (error instanceof BaselineError) {
    const { code, message, next } = error;
    return { code, message: message.slice(0, message.length - next.length).trim(), next };
  }
  return { code: "failed", message: firstLine(error instanceof Error ? error.message : String(error)) };
}

function firstLine(text: string): string {
  return text.split("\n")[0] ?? "";
}

function secondsSince(started: number): number {
  return Math.round((performance.now() - started) / 100) / 10;
}
