import { consoleAddress } from "../partition";

/** What a message takes from the event, as JSON paths by variable name, and its lines. */
export interface AlertMessage {
  values: Record<string, string>;
  lines: string[];
}

// EventBridge leaves out a variable whose path is missing, and escapes no value: one quotation mark in a text that the
// caller chose would break the message. So no user agent and no error message; names and ARNs cannot hold one.
// Source: EventBridge User Guide, "Input transformation", "Common issues with transforming input".
const always = {
  account: "$.account",
  event: "$.detail.eventName",
  who: "$.detail.userIdentity.arn",
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

const caller = ["Who: <who> <service>", "Access key: <accessKey>"];

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
      type: "$.detail.userIdentity.type",
      result: "$.detail.responseElements.ConsoleLogin",
      mfa: "$.detail.additionalEventData.MFAUsed",
    },
    lines: [
      "Console sign-in of <type> in account <account>: <event> <result>, MFA used: <mfa>",
      "",
      "Who: <who>",
      ...trace(partition),
      "",
      "Root is for emergencies, and everybody signs in with MFA. If nobody knows of it: change the password now.",
    ],
  };
}

export function detectionChangeMessage(partition: string): AlertMessage {
  const names = ["name", "trailName", "detectorId", "configurationRecorderName", "deliveryChannelName", "analyzerName"];
  const own = ["rule", "filterName", "logGroupName"];
  return {
    values: { ...apiCall, ...parameters(...names, ...own), refused: "$.detail.errorCode" },
    lines: [
      "Somebody turns detection down in account <account>, <region>: <event> <refused>",
      "",
      `On: ${[...names, ...own].map((name) => `<${name}>`).join(" ")}`,
      ...caller,
      ...trace(partition),
      "",
      "An error after the call's name says it was refused. If nobody knows of it: cut the caller off, then run",
      "`pulumi up`, which puts back what is gone.",
    ],
  };
}
