import { type AwsClients } from "../../common/aws-clients";
import { BaselineError } from "../../common/errors";
import { type SessionCredentials } from "../aws/account-clients";
import { ask, awsErrorName } from "../aws/ask";
import { type FleetAccount, type RoleStep } from "./account";

/** Credentials of an account, until they end. */
export interface Session {
  /** Absent where the account is worked on with the credentials of whoever runs this. */
  credentials?: SessionCredentials;
  /** Milliseconds since 1970; absent where nobody knows. */
  expires?: number;
}

/** Makes AWS clients that sign with these credentials, or with those of the environment. */
export type ClientsFor = (credentials?: SessionCredentials) => AwsClients;

// The longest a role that is taken from a role may last. Source: IAM User Guide, "Role chaining".
const chainedSeconds = 3600;

/**
 * Takes an account's roles one after the other, and makes sure of whose account it is.
 *
 * @throws BaselineError `role-refused`, `wrong-account`, `credentials-expired`, `no-credentials` and others of `ask`
 */
export async function openSession(account: FleetAccount, clientsFor: ClientsFor): Promise<Session> {
  let session: Session = {};
  for (const step of account.roles) {
    session = await using(clientsFor(session.credentials), (aws) => take(aws, step));
  }
  await using(clientsFor(session.credentials), (aws) => requireAccount(aws, account));
  return session;
}

/** What `pulumi` and what it starts are to see of a session; nothing else of the environment may stand in its way. */
export function sessionEnvironment({ credentials }: Session): Record<string, string> {
  return credentials === undefined
    ? {}
    : {
        AWS_ACCESS_KEY_ID: credentials.accessKeyId,
        AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
        AWS_SESSION_TOKEN: credentials.sessionToken,
        // A profile goes before these keys, and a role to be taken with a web identity after them.
        AWS_PROFILE: "",
        AWS_DEFAULT_PROFILE: "",
        AWS_ROLE_ARN: "",
        AWS_WEB_IDENTITY_TOKEN_FILE: "",
      };
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

async function requireAccount(aws: AwsClients, { accountId, name }: FleetAccount): Promise<void> {
  const { Account: found = "" } = await ask("sts:GetCallerIdentity", aws.defaultRegion, () =>
    aws.sts().getCallerIdentity({}),
  );
  if (found !== accountId) {
    throw new BaselineError(
      "wrong-account",
      `The credentials for ${name} are of account ${found}, not of ${accountId}; nothing was done there.`,
      "Correct the account id or the role in the accounts file.",
    );
  }
}

async function using<T>(aws: AwsClients, work: (aws: AwsClients) => Promise<T>): Promise<T> {
  try {
    return await work(aws);
  } finally {
    aws.destroy();
  }
}
