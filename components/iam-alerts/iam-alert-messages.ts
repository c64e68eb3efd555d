import { consoleAddress } from "../foundation/partition";

/** What a message takes from the event, as JSON paths by variable name, and its lines. */
export interface AlertMessage {
  values: Record<string, string>;
  lines: string[];
}

// EventBridge does not escape a value when it puts it into a template. A quotation mark or a backslash would break the
// message, and a line break would write a line of its own. So a message takes only values with a fixed alphabet: what
// AWS itself chooses, and names of users, roles, groups and policies ([\w+=,.@-]). It never takes an ARN of a user or a
// role, whose path may hold any printable character, nor a parameter of a call that AWS may have refused.
// Source: EventBridge User Guide, "Input transformation", "Common issues with transforming input"; IAM API reference,
// CreateUser (Path, UserName), CreatePolicy (Path); STS API reference, AssumeRole (RoleSessionName).
const always = {
  account: "$.account",
  event: "$.detail.eventName",
  kind: "$.detail.userIdentity.type",
  user: "$.detail.userIdentity.userName",
  /** Of a session: the role it is of. */
  role: "$.detail.userIdentity.sessionContext.sessionIssuer.userName",
  /** Of a session: the id of the role, and the name of the session. */
  principal: "$.detail.userIdentity.principalId",
  address: "$.detail.sourceIPAddress",
  at: "$.detail.eventTime",
  region: "$.detail.awsRegion",
  eventId: "$.detail.eventID",
};

const apiCall = {
  ...always,
  accessKey: "$.detail.userIdentity.accessKeyId",
  /** Set where a service, such as CloudFormation, made the call. */
  service: "$.detail.userIdentity.invokedBy",
};

/** Only of calls that were carried out: AWS has then checked the names. */
function parameters(...names: string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, `$.detail.requestParameters.${name}`]));
}

function trace(partition: string): string[] {
  return [
    "From: <address>",
    "When: <at>, <region>",
    `Open: ${consoleAddress(partition)}/cloudtrailv2/home?region=<region>#/events/<eventId>`,
  ];
}

const who = "Who: <kind> <user><role> <principal>";
const caller = [`${who} <service>`, "Access key: <accessKey>"];

export function iamChangeMessage(partition: string): AlertMessage {
  return {
    values: { ...apiCall, ...parameters("userName", "roleName", "groupName", "policyArn", "policyName") },
    lines: [
      "IAM change in account <account>: <event>",
      "",
      "On: <userName> <roleName> <groupName> <policyArn> <policyName>",
      ...caller,
      ...trace(partition),
      "",
      "If nobody knows of it: deactivate the access key, or revoke the role's sessions, then see what else was done.",
    ],
  };
}

export function quarantineMessage(partition: string): AlertMessage {
  return {
    values: { ...apiCall, ...parameters("userName", "policyArn") },
    lines: [
      "ACCESS KEY LEAKED: AWS's quarantine of IAM user <userName> in account <account>: <event>",
      "",
      "AWS attaches <policyArn> to a user whose access key it found in public. It denies the worst, not all.",
      "Now: deactivate the user's keys, leave the policy on, look at what they did, read AWS's case in Support.",
      "DetachUserPolicy means that somebody has taken the quarantine off.",
      "",
      ...caller,
      ...trace(partition),
    ],
  };
}

export function signInMessage(partition: string): AlertMessage {
  return {
    values: {
      ...always,
      result: "$.detail.responseElements.ConsoleLogin",
      mfa: "$.detail.additionalEventData.MFAUsed",
    },
    lines: [
      "Console sign-in of <kind> in account <account>: <event> <result>, MFA used: <mfa>",
      "",
      who,
      ...trace(partition),
      "",
      "Root is for emergencies, and everybody signs in with MFA. If nobody knows of it: change the password now.",
    ],
  };
}

/** Without what the call names: AWS may have refused it, and a refused call's parameters are recorded as they were typed. */
export function detectionChangeMessage(partition: string): AlertMessage {
  return {
    values: { ...apiCall, refused: "$.detail.errorCode" },
    lines: [
      "Somebody turns detection down in account <account>, <region>: <event> <refused>",
      "",
      ...caller,
      ...trace(partition),
      "",
      "The link shows which trail, detector, recorder, rule or alarm it was. An error after the call's name says that AWS",
      "refused it. If nobody knows of it: cut the caller off, then run `pulumi up`, which puts back what is gone.",
    ],
  };
}
