/**
 * Records as CloudTrail writes them, which are also the `detail` of the events EventBridge passes on.
 *
 * Source: CloudTrail User Guide, "CloudTrail record contents", "CloudTrail userIdentity element", "AWS Management
 * Console sign-in events" (whose examples the sign-ins follow); Amazon EC2 API Reference, error codes.
 */
export type CloudTrailRecord = Record<string, unknown>;

const accountId = "111122223333";

/** Callers, as `userIdentity`. */
export const callers = {
  /** An IAM user with a long-term access key: what leaks. */
  user: {
    type: "IAMUser",
    principalId: "AIDACKCEVSQ6C2EXAMPLE",
    arn: `arn:aws:iam::${accountId}:user/mina`,
    accountId,
    accessKeyId: "AKIAIOSFODNN7EXAMPLE",
    userName: "mina",
  },
  root: {
    type: "Root",
    principalId: accountId,
    arn: `arn:aws:iam::${accountId}:root`,
    accountId,
    accessKeyId: "",
  },
  /** A service that works in the account's name, as CloudTrail writes it for root. */
  rootByService: {
    type: "Root",
    principalId: accountId,
    arn: `arn:aws:iam::${accountId}:root`,
    accountId,
    invokedBy: "support.amazonaws.com",
  },
  service: { type: "AWSService", invokedBy: "config.amazonaws.com" },
  role: (roleName: string) => ({
    type: "AssumedRole",
    principalId: "AROACKCEVSQ6C2EXAMPLE:session",
    arn: `arn:aws:sts::${accountId}:assumed-role/${roleName}/session`,
    accountId,
    accessKeyId: "ASIAIOSFODNN7EXAMPLE",
    sessionContext: {
      sessionIssuer: {
        type: "Role",
        principalId: "AROACKCEVSQ6C2EXAMPLE",
        arn: `arn:aws:iam::${accountId}:role/${roleName}`,
        accountId,
        userName: roleName,
      },
      webIdFederationData: {},
      attributes: { creationDate: "2026-11-20T03:05:59Z", mfaAuthenticated: "false" },
    },
  }),
};

/** One API call. What differs from an IAM user's successful one stands in `more`. */
export function apiCall(service: string, eventName: string, more: CloudTrailRecord = {}): CloudTrailRecord {
  return {
    eventVersion: "1.11",
    userIdentity: callers.user,
    eventTime: "2026-11-20T03:07:11Z",
    eventSource: `${service}.amazonaws.com`,
    eventName,
    awsRegion: "us-east-1",
    sourceIPAddress: "203.0.113.64",
    userAgent: 'aws-cli/2.31.3 md/prompt#off md/command#"x"',
    requestParameters: null,
    responseElements: null,
    requestID: "4d0f7b6c-4d3c-4a2b-9d6f-3d2f0a3b1c5e",
    eventID: "deb1e1f9-c99b-4612-8e9f-21f93b5d79c0",
    readOnly: false,
    eventType: "AwsApiCall",
    managementEvent: true,
    recipientAccountId: accountId,
    eventCategory: "Management",
    ...more,
  };
}

/** A call that was refused: the error codes differ from service to service. */
export function refused(service: string, eventName: string, errorCode: string, more: CloudTrailRecord = {}) {
  const errorMessage = `User: ${callers.user.arn} is not authorized to perform: ${service}:${eventName}`;
  return apiCall(service, eventName, { errorCode, errorMessage, ...more });
}

/** A sign-in to the console, in vain when `errorMessage` is given. */
export function consoleLogin(userIdentity: object, mfaUsed: string, errorMessage?: string): CloudTrailRecord {
  return {
    eventVersion: "1.08",
    userIdentity,
    eventTime: "2026-11-20T03:07:11Z",
    eventSource: "signin.amazonaws.com",
    eventName: "ConsoleLogin",
    awsRegion: "us-east-1",
    sourceIPAddress: "203.0.113.64",
    userAgent: "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_11_6) AppleWebKit/537.36 (KHTML, like Gecko)",
    ...(errorMessage && { errorMessage }),
    requestParameters: null,
    responseElements: { ConsoleLogin: errorMessage ? "Failure" : "Success" },
    additionalEventData: {
      LoginTo: "https://console.aws.amazon.com/console/home?state=hashArgs%23&isauthcode=true",
      MobileVersion: "No",
      MFAUsed: mfaUsed,
    },
    eventID: "3fcfb182-98f8-4744-bd45-10a395ab61cb",
    readOnly: false,
    eventType: "AwsConsoleSignIn",
    managementEvent: true,
    recipientAccountId: accountId,
    eventCategory: "Management",
  };
}
