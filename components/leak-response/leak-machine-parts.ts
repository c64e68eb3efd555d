/** What the machine is made for. */
export interface LeakMachineOptions {
  /** `aws`, `aws-cn` or `aws-us-gov`. */
  partition: string;
  /** `notify` tells what the event says; `contain` asks the source, and deactivates keys and denies roles as well. */
  mode: string;
  /** Names of users that are only told about. */
  exemptUsers: string[];
  /** Names of roles that are only told about. */
  exemptRoles: string[];
  /** In `contain`: names of the roles that are denied everything; of others, people are told. */
  containRoles: string[];
  /** In `contain`: deny the owner of a leaked key everything, by the AWS-managed policy AWSDenyAll. */
  denyUser: boolean;
  /** Name of the event bus for what people are told. Default: the region's default bus. */
  bus?: string;
}

/** States of a state machine, by name. */
export type States = Record<string, object>;

/** What the machine puts on the response's own bus for each key; the alert channel makes a message of it. */
export const leakNotice = { source: "baseline.leak-response", detailType: "Leaked Access Key" } as const;

/** What a message begins with. */
export const leakTitle = "ACCESS KEY LEAKED";

/** Of a message about no key in particular. */
export const unknown = {
  key: "unknown",
  owner: "nobody known",
  subject: "",
  look: "Look at the event first: it says whom it concerns.",
} as const;

/** Tag on a user, followed by the key: when it was deactivated. */
export const leakedKeyTag = "baseline:leaked-key:";
/** Tag on a role: when it was denied everything. */
export const revokedTag = "baseline:sessions-revoked";

/**
 * What every state of an item hands on. `confirmed`: the source says so itself, not only the event. `again`: a finding
 * goes on that was told before.
 */
export const carried = {
  "why.$": "$.why",
  "time.$": "$.time",
  "again.$": "$.again",
  "confirmed.$": "$.confirmed",
};

/**
 * Signs that a text from an event must not hold, or the message would not be JSON any more, or would have lines of its
 * own: EventBridge does not escape what it puts into a template. In a JSON text the backslash stands for quotation marks,
 * line breaks and control characters as well. The others would be read as a variable, as code, or from right to left.
 */
const signs = "\\<>`\u0085\u2028\u2029\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069";

/**
 * States by which the text at `path` is looked at, the first of them `<name>Signs`: they go on to `Next` if it holds none
 * of the signs, or else to `otherwise`.
 */
export function plain(
  name: string,
  path: string,
  { Next, otherwise, more = "" }: { Next: string; otherwise: string; more?: string },
): States {
  const parts = `States.StringSplit(States.JsonToString(${path}), $.signs)`;
  return {
    [`${name}Signs`]: { Type: "Pass", Result: `${signs}${more}`, ResultPath: "$.signs", Next: `${name}Parts` },
    [`${name}Parts`]: {
      Type: "Pass",
      Parameters: { "count.$": `States.ArrayLength(${parts})` },
      ResultPath: "$.parts",
      Next: name,
    },
    [name]: { Type: "Choice", Choices: [{ Variable: "$.parts.count", NumericEquals: 1, Next }], Default: otherwise },
  };
}

/** Is there a text at the path, and is it not empty? */
export function isText(Variable: string): object[] {
  return [{ Variable, IsPresent: true }, { Variable, IsString: true }, { Not: { Variable, StringEquals: "" } }];
}

/** Names of the roles that IAM lets nobody change: of services, and of IAM Identity Center. */
export const unchangeableRoles = ["AWSServiceRoleFor*", "AWSReservedSSO_*"];

export function denyAllPolicy(partition: string): string {
  return `arn:${partition}:iam::aws:policy/AWSDenyAll`;
}

/**
 * Three more tries, for throttling and short outages.
 *
 * @param hopeless errors that stay the same however often one asks
 */
export function retry(...hopeless: string[]): object[] {
  return [
    { ErrorEquals: hopeless, MaxAttempts: 0 },
    { ErrorEquals: ["States.ALL"], IntervalSeconds: 1, BackoffRate: 2, MaxAttempts: 3, JitterStrategy: "FULL" },
  ];
}

/** What a notice holds: texts of the machine itself, and names that it has looked at. */
export const noticeFields = ["title", "subject", "key", "owner", "why", "did", "now", "look"] as const;

/** The task that tells the channel of what stands in `$`: the fields of a notice. */
export function notice({ partition, bus }: LeakMachineOptions): object {
  return {
    Type: "Task",
    Resource: `arn:${partition}:states:::events:putEvents`,
    Parameters: {
      Entries: [
        {
          Source: leakNotice.source,
          DetailType: leakNotice.detailType,
          EventBusName: bus ?? "default",
          Detail: Object.fromEntries(noticeFields.map((name) => [`${name}.$`, `$.${name}`])),
        },
      ],
    },
    Retry: retry("States.Permissions"),
  };
}
