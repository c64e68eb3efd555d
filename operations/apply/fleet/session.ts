import { type AwsClients } from "../../../aws/clients";
import { BaselineError } from "../../../common/errors";
import { type Credentials } from "../../../aws/account-clients";
import { ask, awsErrorName } from "../../../aws/ask";
import { keyEnvironment } from "../../../engine/pulumi/session-environment";
import { type FleetAccount, type RoleStep } from "./account";

/** Credentials of an account, until they end. */
export interface Session {
  /** Absent where the account is worked on with the credentials of whoever runs this. */
  credentials?: Credentials;
  /** Milliseconds since 1970; absent where nobody knows. */
  expires?: number;
  /** Who it is, as AWS says. */
  callerArn?: string;
}

/** Makes AWS clients that sign with these credentials, or with those of the environment. */
export type ClientsFor = (credentials?: Credentials) => AwsClients | Promise<AwsClients>;

// The longest a role that is taken from a role may last. Source: IAM User Guide, "Role chaining".
const chainedSeconds = 3600;

/**
 * Takes an account's roles one after the other, and makes sure of whose account it is.
 *
 * @param own credentials of whoever runs this, for an account without a role
 * @throws BaselineError `role-refused`, `wrong-account`, `credentials-expired`, `no-credentials` and others of `ask`
 */
export async function openSession(
  account: FleetAccount,
  clientsFor: ClientsFor,
  own?: () => Promise<Credentials>,
): Promise<Session> {
  let session: Session = account.roles.length === 0 && own ? { credentials: await own() } : {};
  for (const step of account.roles) {
    session = await using(await clientsFor(session.credentials), (aws) => take(aws, step));
  }
  const callerArn = await using(await clientsFor(session.credentials), (aws) => requireAccount(aws, account));
  return { ...session, callerArn };
}

/** What `pulumi` and what it starts are to see of a session. */
export function sessionEnvironment({ credentials }: Session): Record<string, string> {
  return credentials === undefined ? {} : keyEnvironment(credentials);
}

async function take(aws: AwsClients, { roleArn, externalId, sessionName }: RoleStep): Promise<Session> {
  try {
    const { Credentials: keys } = await ask("sts:AssumeRole", aws.defaultRegion, () =>
      aws.sts().assumeRole({
        RoleArn: roleArn,
        RoleSessionName: sessionName,
        DurationSeconds: chainedSeconds,
        ...(externalId !== undefined && { ExternalId: externalId }),
      }),
    );
    const { AccessKeyId = "", SecretAccessKey = "", SessionToken = "", Expiration } = keys ?? {};
    return {
      credentials: { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken },
      ...(Expiration && { expires: Expiration.getTime() }),
    };
  } catch (error) {
    throw error instanceof BaselineError && error.code === "access-denied"
      ? refused(roleArn, externalId, error)
      : error;
  }
}

// AWS says the same of a role that does not exist, so that nobody can find out which ones do.
function refused(roleArn: string, externalId: string | undefined, error: BaselineError): BaselineError {
  return new BaselineError(
    "role-refused",
    `The role ${roleArn} does not exist or may not be taken${externalId === undefined ? "" : " with this external id"}.`,
    "Its trust policy has to name whoever runs this, and who runs this needs sts:AssumeRole on it.",
    undefined,
    { cause: awsErrorName(error) },
  );
}

async function requireAccount(aws: AwsClients, { accountId, name }: FleetAccount): Promise<string> {
  const { Account: found = "", Arn: callerArn = "" } = await ask("sts:GetCallerIdentity", aws.defaultRegion, () =>
    aws.sts().getCallerIdentity({}),
  );
  if (found !== accountId) {
    throw new BaselineError(
      "wrong-account",
      `The credentials for ${name} are of account ${found}, not of ${accountId}; nothing was done there.`,
      "Correct the account id or the role in the accounts file.",
    );
  }
  return callerArn;
}

async function using<T>(aws: AwsClients, work: (aws: AwsClients) => Promise<T>): Promise<T> {
  try {
    return await work(aws);
  } finally {
    aws.destroy();
  }
}
