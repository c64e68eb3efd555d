/** What the machine is made for. */
export interface LeakMachineOptions {
  /** `aws`, `aws-cn` or `aws-us-gov`. */
  partition: string;
  /** `notify` looks and tells; `contain` deactivates keys and revokes sessions as well. */
  mode: string;
  /** Names of users that are only told about. */
  exemptUsers: string[];
  /** Names of roles that are only told about. */
  exemptRoles: string[];
  /** In `contain`: names of the roles whose older sessions are revoked; of others, people are told. */
  containRoles: string[];
  /** In `contain`: deny the owner of a leaked key everything, by the AWS-managed policy AWSDenyAll. */
  denyUser: boolean;
}

/** States of a state machine, by name. */
export type States = Record<string, object>;

/**
 * What the machine puts on the home region's bus for each key; the alert channel makes a message of it. Its role may use
 * no other source; but whoever in the account may put events at all could use this one too, so that a message is a
 * reason to look, and not yet a proof.
 */
export const leakNotice = { source: "baseline.leak-response", detailType: "Leaked Access Key" } as const;

/** Tag on a user, followed by the key: when it was deactivated. */
export const leakedKeyTag = "baseline:leaked-key:";
/** Tag on a role: from before when sessions are refused. */
export const revokedTag = "baseline:sessions-revoked";
/** The inline policy that refuses older sessions; the console's own button calls it AWSRevokeOlderSessions. */
export const revokingPolicy = "BaselineRevokeOlderSessions";

/** What every state of an item hands on; `again` is true where a finding goes on that was told before. */
export const carried = { "why.$": "$.why", "time.$": "$.time", "again.$": "$.again" };

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

/** The task that tells the channel of what stands in `$`: key, owner, why, did, now. */
export function notice({ partition }: LeakMachineOptions): object {
  return {
    Type: "Task",
    Resource: `arn:${partition}:states:::events:putEvents`,
    Parameters: {
      Entries: [
        {
          Source: leakNotice.source,
          DetailType: leakNotice.detailType,
          EventBusName: "default",
          Detail: { "key.$": "$.key", "owner.$": "$.owner", "why.$": "$.why", "did.$": "$.did", "now.$": "$.now" },
        },
      ],
    },
    Retry: retry("States.Permissions"),
  };
}
