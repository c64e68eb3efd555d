import { type AwsOptions, sessionOptions } from "../aws/options";
import { type AwsSession, withSession } from "../aws/session";
import { pulumiCommand } from "./pulumi-command";
import { sessionEnvironment } from "./session-environment";
import { accountsOf, type StackSigner } from "./stack-signer";
import { openUserStack, type UserStackOptions } from "./user-stack";
import { type StackHost } from "./stack-host";

/** A stack whose `pulumi` signs with a session's credentials, and the accounts it can turn out to be of. */
export interface PinnedAccount {
  session: AwsSession;
  /** Whoever signs for the stack is of one of these. */
  accountIds: string[];
}

/**
 * Opens the session a stack is worked on with: the profile that is named, else the one the stack file names.
 *
 * @throws what `AwsSession.open` and `accountsOf` throw; `no-pulumi`
 */
export async function withPinned<T>(
  signer: StackSigner,
  options: Pick<AwsOptions, "profile">,
  region: string | undefined,
  work: (account: PinnedAccount) => Promise<T>,
): Promise<T> {
  await pulumiCommand();
  const profile = options.profile ?? signer.profile;
  return withSession(sessionOptions(profile === undefined ? {} : { profile }, region), async (session) =>
    work({ session, accountIds: await accountsOf(signer, session) }),
  );
}

/** The user's own stack; before each run of the engine the session is asked who it is, and `pulumi` gets its keys. */
export function openPinned(session: AwsSession, options: UserStackOptions): Promise<StackHost> {
  return openUserStack({ ...options, credentials: () => sessionEnvironment(session) });
}
