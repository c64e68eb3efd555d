import { type EngineEvent } from "@pulumi/pulumi/automation";
import { BaselineError, ExitCode } from "../../common/errors";
import { plain } from "./engine-events";
import { PulumiExit } from "./pulumi-command";

/** What of a failed run tells why. */
export interface EngineFailure {
  /** As the CLI gives it. Source: pulumi, pkg/cmd/pulumi/cmd/exit_codes.go. */
  exitCode?: number;
  /** What the engine said: errors among its events, and else what it printed. */
  said: string;
  stack: string;
}

/** Exit code of a run that was told to stop. */
export const CANCELLED = 8;

interface Kind {
  code: string;
  matches: (failure: EngineFailure) => boolean;
  sentence: (failure: EngineFailure) => string;
  next: string;
  exitCode?: number;
}

const says =
  (pattern: RegExp) =>
  ({ said }: EngineFailure) =>
    pattern.test(said);

// In the order in which they are tried: the first that fits. Texts as Pulumi 3.260 and the AWS SDKs give them.
const KINDS: Kind[] = [
  {
    code: "interrupted",
    matches: ({ exitCode, said }) =>
      exitCode === CANCELLED || /\b(?:update|preview|refresh|operation) cancell?ed\b/.test(said),
    sentence: ({ stack }) => `The run on stack ${stack} was interrupted.`,
    next: "What was done before stands, and is in the stack's state; run it again to go on.",
    exitCode: ExitCode.interrupted,
  },
  {
    code: "unknown-stack",
    matches: ({ exitCode, said }) => exitCode === 6 || /no stack named '.*' found/.test(said),
    sentence: ({ stack }) => `There is no stack ${stack}.`,
    next: "`pulumi stack ls` shows what there is, `pulumi stack init` makes one.",
    exitCode: ExitCode.badInput,
  },
  {
    code: "unknown-stack",
    matches: says(/a stack name (?:may|can)|stack names? (?:may|must|can)|stack reference/i),
    sentence: ({ stack }) => `"${stack}" is not the name of a stack.`,
    next: "Give name, or organization/project/name; `pulumi stack ls` shows what there is.",
    exitCode: ExitCode.badInput,
  },
  {
    code: "wrong-passphrase",
    matches: says(/incorrect passphrase|passphrase must be set with/),
    sentence: ({ stack, said }) =>
      /incorrect/.test(said)
        ? `The passphrase for the secrets of stack ${stack} is wrong.`
        : `There is no passphrase for the secrets of stack ${stack}.`,
    next: "Set PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE to the one the stack was made with.",
    exitCode: ExitCode.badInput,
  },
  {
    code: "not-signed-in",
    matches: ({ exitCode, said }) =>
      exitCode === 3 ||
      /PULUMI_ACCESS_TOKEN must be set|not (?:yet )?logged in|please log in|invalid access token/i.test(said),
    sentence: () => "Pulumi is not signed in to where its state is kept.",
    next: "Run `pulumi login`, or set PULUMI_ACCESS_TOKEN (Pulumi Cloud) or PULUMI_BACKEND_URL (a backend of your own).",
    exitCode: ExitCode.badInput,
  },
  {
    code: "stack-locked",
    matches: says(/the stack is currently locked by|Another update is currently in progress/),
    sentence: ({ stack, said }) => {
      const by = /created by (\S+) \(pid (\d+)\) at (\S+)/.exec(said);
      return `Stack ${stack} is locked by another run${by ? ` (${by[1]}, process ${by[2]}, since ${by[3]})` : ""}.`;
    },
    next: "Wait until that run has ended; if it is known to be dead, `pulumi cancel` takes its lock away.",
  },
  {
    code: "invalid-settings",
    matches: says(/The settings have \d+ problems?|Missing required configuration variable|invalid YAML file/),
    sentence: ({ said }) => said.replace(/^error: /, ""),
    next: "Correct the stack file (Pulumi.<stack>.yaml); Pulumi.example.yaml explains every setting.",
    exitCode: ExitCode.badInput,
  },
  {
    code: "no-aws-plugin",
    matches: says(/no resource plugin 'pulumi-resource-aws'|[Cc]ould not automatically download.{0,80}\baws\b/s),
    sentence: () => "The AWS plugin of Pulumi is not installed, and could not be downloaded.",
    next: "Run `pulumi plugin install resource aws` where there is a network, then run it again.",
    exitCode: ExitCode.badInput,
  },
  {
    code: "credentials-expired",
    matches: says(/ExpiredToken|RequestExpired|TokenRefreshRequired|(?:SSO|session|token).{0,40} (?:has|have) expired/),
    sentence: () => "The AWS credentials have expired.",
    next: "Sign in again (`aws sso login`, or ask for a new session token); then run it again.",
  },
  {
    code: "no-credentials",
    matches: says(/[Nn]o valid credential sources|CredentialsProviderError|Could not load credentials/),
    sentence: () => "There are no AWS credentials to work with.",
    next: "Sign in (`aws sso login`, `aws login`), or name a profile in AWS_PROFILE; then run it again.",
  },
  {
    code: "credentials-refused",
    matches: says(
      /InvalidClientTokenId|UnrecognizedClientException|InvalidAccessKeyId|SignatureDoesNotMatch|AuthFailure/,
    ),
    sentence: () => "AWS does not know the credentials in use.",
    next: "Check which profile or key is in use: `aws sts get-caller-identity` should work.",
  },
];

/**
 * Why a run failed, in words people can act on.
 *
 * @param failure what the engine said, in plain text
 * @param kept where to look further, as a sentence
 */
export function engineError(failure: EngineFailure, kept?: string, cause?: unknown): BaselineError {
  const kind = KINDS.find(({ matches }) => matches(failure));
  const options = { cause };
  if (kind) {
    return new BaselineError(kind.code, kind.sentence(failure), kind.next, kind.exitCode, options);
  }
  const said = failure.said.trim().slice(0, 4000) || "It gave no reason.";
  const next = kept ?? `\`pulumi logs\` and the stack's history may say more; then run it again.`;
  return new BaselineError("engine-failed", `The Pulumi engine failed.\n${said}`, next, undefined, options);
}

/** The same for whatever an Automation API call threw; what did not come from the CLI stays what it is. */
export function explainEngine(error: unknown, events: EngineEvent[], stack: string, kept?: string): Error {
  if (!(error instanceof PulumiExit)) {
    return error as Error;
  }
  const { exitCode, stderr, stdout } = error;
  const said = errorsIn(events).join("\n") || plain(stderr).trim() || plain(stdout).trim();
  return engineError({ exitCode, said, stack }, kept, error);
}

// The stack's own error follows those of its resources, and repeats that there was one.
function errorsIn(events: EngineEvent[]): string[] {
  const said = events.flatMap(({ diagnosticEvent: each }) => (each?.severity === "error" ? [plain(each.message)] : []));
  const telling = said.filter((text) => !/^(?:error: )?(?:update|preview|refresh) failed$/.test(text.trim()));
  return telling.length > 0 ? telling : said;
}
