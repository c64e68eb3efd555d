import { awsCommand } from "../common/command";
import { BaselineError, ExitCode } from "../common/errors";
import { Interruption } from "../common/interruption";
import { type CredentialSource } from "./account-clients";
import { CredentialProcesses } from "./credential-process";
import { type RunLimit } from "./run-limit";

/** Longest that credentials may take, in milliseconds: time to type the code of an MFA device. */
const LONGEST = 120_000;

export interface SignInOptions {
  /** Whose credentials they are; absent where none was named. */
  profile?: string;
  /** What the run may read; when it is over, so is waiting. */
  limit?: RunLimit;
  /** Milliseconds. Default: two minutes. */
  longest?: number;
}

/**
 * A source of credentials that ends in time, also when a credential process or a sign-in server does not answer. Once it
 * was late it is not asked again. Ctrl-C ends the wait: nothing was sent that would need the credentials.
 *
 * @returns the source. It throws BaselineError `credentials-late` and `interrupted`
 */
export function inTime(source: CredentialSource, options: SignInOptions): { get: CredentialSource; close(): void } {
  const processes = new CredentialProcesses();
  let late: BaselineError | undefined;
  let waiting: ReturnType<CredentialSource> | undefined;
  const wait = async (how?: { forceRefresh?: boolean }) => {
    const { found, end } = processes.during(() => source(how));
    // Nobody may be waiting for it any more.
    found.catch(() => undefined);
    try {
      return await unlessLate(found, options);
    } catch (error) {
      const { code = "" } = error instanceof BaselineError ? error : {};
      // After Ctrl-C what was begun is still taken back, with credentials that are asked for again.
      if (code === "credentials-late") late = error as BaselineError;
      if (late || code === "interrupted") end();
      throw error;
    }
  };
  return {
    get: (how) => {
      if (late) return Promise.reject(late);
      // Whoever asks meanwhile waits for the same.
      return how?.forceRefresh ? wait(how) : (waiting ??= wait(how).finally(() => (waiting = undefined)));
    },
    close: () => processes.close(),
  };
}

async function unlessLate<T>(work: Promise<T>, { profile, limit, longest = LONGEST }: SignInOptions): Promise<T> {
  const began = Date.now();
  const interruption = new Interruption();
  // A limit that is over already ends what reads, and nothing else.
  const ending = limit?.signal?.aborted === true ? undefined : limit?.signal;
  let timer: NodeJS.Timeout | undefined;
  let onEnd: (() => void) | undefined;
  const over = new Promise<never>((_, reject) => {
    onEnd = () => reject(tooLate(Date.now() - began, profile));
    timer = setTimeout(onEnd, longest);
    ending?.addEventListener("abort", onEnd);
    interruption.signal.addEventListener("abort", () => reject(stopped()));
  });
  try {
    return await Promise.race([work, over]);
  } finally {
    clearTimeout(timer);
    if (onEnd) ending?.removeEventListener("abort", onEnd);
    interruption.end();
  }
}

function tooLate(milliseconds: number, profile: string | undefined): BaselineError {
  const whose = profile === undefined ? "The environment" : `The profile ${profile}`;
  const command = awsCommand("sts", "get-caller-identity", profile === undefined ? {} : { profile });
  return new BaselineError(
    "credentials-late",
    `${whose} gave no credentials within ${Math.max(1, Math.round(milliseconds / 1000))} s; waiting for them was ended.`,
    `See what it waits for (\`${command}\`): its credential_process, a sign-in or the network. Then run it again.`,
  );
}

function stopped(): BaselineError {
  const next = "Run it again.";
  return new BaselineError("interrupted", "Stopped while waiting for credentials.", next, ExitCode.interrupted);
}
