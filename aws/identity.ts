import { BaselineError } from "../common/errors";
import { wrap } from "../common/table";

/** Who a run is to AWS, and where AWS is. Known before anything else is read, and the same until the run ends. */
export interface Identity {
  /** Twelve digits. */
  accountId: string;
  /** As `sts:GetCallerIdentity` gives it: of a user, or of a session of a role. */
  callerArn: string;
  /** `aws`, `aws-cn`, `aws-us-gov`, ... */
  partition: string;
  /** `AWS`, or the address of an emulator on this machine. */
  endpoint: string;
  /** The profile that signs, from --profile or AWS_PROFILE; absent where none was named. */
  profile?: string;
}

/** `Identity.endpoint` of a real account. */
export const REAL_AWS = "AWS";

/**
 * Reads an answer of `sts:GetCallerIdentity`.
 *
 * @throws BaselineError `no-identity` where it does not name an account and a caller that fit together
 */
export function identityIn(
  answer: { Account?: string | undefined; Arn?: string | undefined },
  place: Pick<Identity, "endpoint" | "profile">,
): Identity {
  const { Account: accountId = "", Arn: callerArn = "" } = answer;
  const [, partition, account] = /^arn:(aws[a-z-]*):(?:iam|sts)::(\d{12}):./.exec(callerArn) ?? [];
  if (partition === undefined || account !== accountId) {
    throw new BaselineError(
      "no-identity",
      "AWS did not say whose credentials these are (sts:GetCallerIdentity); nothing was done.",
      "Check what `aws sts get-caller-identity` says, then run it again.",
    );
  }
  const { endpoint, profile } = place;
  return { accountId, callerArn, partition, endpoint, ...(profile !== undefined && { profile }) };
}

/**
 * Whether both are the same account and the same caller. SDKs that take a role without a name for the session make one
 * from the time, so renewed credentials have another: names of one such form count as the same. All other names have to
 * be equal, because a number can be that of a person.
 */
export function isSame(one: Identity, other: Identity): boolean {
  return one.accountId === other.accountId && lasting(one.callerArn) === lasting(other.callerArn);
}

/**
 * Session names as SDKs make them. Sources: @aws-sdk/credential-provider-ini and nested STS client (JavaScript),
 * botocore/credentials.py (also the AWS CLI), ProfileCredentialsUtils and StsWebIdentityCredentialsProviderFactory
 * (Java), CredentialProvider (PHP), AWSCredentialsFactory (.NET), StsAssumeRoleCredentialsProvider (Kotlin), stscreds (Go:
 * nanoseconds alone, and `aws-go-sdk-` since 2022).
 */
const madeNames = [
  /^(aws-sdk-js-|aws-sdk-js-session-|aws-sdk-java-|aws-sdk-php-|aws-sdk-kotlin-)\d{13}$/,
  /^(botocore-session-)\d{10}$/,
  /^(aws-dotnet-sdk-session-)\d{18}$/,
  // From 2017 on; numbers of people do not have 19 digits.
  /^(aws-go-sdk-|)1[5-9]\d{17}$/,
];

function lasting(arn: string): string {
  const [, role, session] = /^(arn:[\w-]+:sts::\d{12}:assumed-role\/[^/]+\/)(.+)$/.exec(arn) ?? [];
  const made = madeNames.map((form) => form.exec(session ?? "")?.[1]).find((each) => each !== undefined);
  // No session name holds this sign.
  return role === undefined || made === undefined ? arn : `${role}${made}#`;
}

/** The head of every report, in one line. */
export function identityLine({ accountId, callerArn, partition, endpoint, profile }: Identity): string {
  const by = profile === undefined ? "" : `, profile ${profile}`;
  return `Account ${accountId}, caller ${callerArn}, partition ${partition}, endpoint ${endpoint}${by}`;
}

/** The same for a terminal, at `width` columns as far as its words allow. */
export function identityText(identity: Identity, width = 80): string {
  return wrap(identityLine(identity), width).join("\n");
}

/** The same as names and values, for tables and for formats with properties. */
export function identityRows({ accountId, callerArn, partition, endpoint, profile }: Identity): [string, string][] {
  return [
    ["Account", accountId],
    ["Caller", callerArn],
    ["Partition", partition],
    ["Endpoint", endpoint],
    ...(profile === undefined ? [] : [["Profile", profile] as [string, string]]),
  ];
}

/** The credentials of a run are somebody else's than they were. */
export function identityChanged(expected: Identity, found: Identity): BaselineError {
  return new BaselineError(
    "identity-changed",
    `The credentials are now those of ${found.callerArn} (account ${found.accountId}), and this run began as ` +
      `${expected.callerArn} (account ${expected.accountId}); nothing more was read or written.`,
    `Sign in to account ${expected.accountId} as ${expected.callerArn}, and run it again.`,
  );
}

/** AWS answered with a thing of another account where it can only be one of ours. @param call such as `iam:GetUser` */
export function foreignAnswer(expected: Identity, call: string, arn: string): BaselineError {
  return new BaselineError(
    "foreign-answer",
    `${call} answered with ${arn}, which is not of account ${expected.accountId}; nothing more was read or written.`,
    "Find out what answers in place of AWS: a proxy, an endpoint, or credentials that change.",
  );
}

/** Whether an error says that a run is not, or no longer, in the account it works on. Nothing may follow it. */
export function isIdentityLost(error: unknown): boolean {
  return error instanceof BaselineError && ["identity-changed", "foreign-answer", "no-identity"].includes(error.code);
}
