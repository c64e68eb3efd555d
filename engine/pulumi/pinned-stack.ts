import { join } from "node:path";
import { badInput } from "../../common/errors";
import { packageRoot } from "../../common/package-root";
import { type AwsOptions, sessionOptions } from "../../aws/options";
import { type AwsSession, openSession } from "../../aws/session";
import { pulumiCommand } from "./pulumi-command";
import { sessionEnvironment } from "./session-environment";
import { stackFile } from "../stack-files/stack-config-file";
import { type StackHost } from "../stack-host";
import { accountsOf, type StackSigner, stackSigner } from "./stack-signer";
import { openUserStack, requireStackName, type UserStackOptions } from "./user-stack";

/** A session for a stack, and the accounts the stack can turn out to be of. */
export interface PinnedAccount {
  session: AwsSession;
  /** Whoever signs for the stack is of one of these. */
  accountIds: string[];
}

/**
 * Opens the session a stack is worked on with: of the emulator or the profile that is named, else of the profile that the
 * stack file names.
 *
 * @param region where a call without a region goes; by default the stack's `aws:region`
 * @throws what `AwsSession.open` and `accountsOf` throw; `unknown-stack`, `no-pulumi`
 */
export async function pinnedAccount(
  {
    stack,
    profile: named,
    endpoint,
    timeout,
    workDir = packageRoot(),
  }: AwsOptions & Pick<UserStackOptions, "stack" | "workDir">,
  region?: string,
): Promise<PinnedAccount> {
  requireStackName(stack);
  await pulumiCommand();
  const signer = stackSigner(stackFile(workDir, stack), endpoint, join(workDir, "Pulumi.yaml"));
  if (endpoint !== undefined) {
    requireMadeUpKeys(signer);
  }
  const profile = endpoint === undefined ? (named ?? signer.profile) : undefined;
  const signed = {
    ...(profile !== undefined && { profile }),
    ...(endpoint !== undefined && { endpoint }),
    ...(timeout !== undefined && { timeout }),
  };
  const session = await openSession(sessionOptions(signed, region ?? signer.region));
  try {
    return { session, accountIds: await accountsOf(signer, session) };
  } catch (error) {
    session.close();
    throw error;
  }
}

/** The user's own stack; before each run of the engine the session is asked who it is, and `pulumi` gets its keys. */
export function openPinned(session: AwsSession, options: UserStackOptions): Promise<StackHost> {
  return openUserStack({ ...options, credentials: () => sessionEnvironment(session) });
}

/** `pulumi` would sign with them what goes to the emulator. */
function requireMadeUpKeys({ file, own }: StackSigner): void {
  if (own.length > 0) {
    throw badInput(
      "signs-itself",
      `${file} says who signs (${own.join(", ")}), and an emulator gets made-up credentials alone; nothing was sent.`,
      "Practise with a stack whose file does not say who signs.",
    );
  }
}
