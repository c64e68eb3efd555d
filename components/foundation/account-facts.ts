/** What is true of the account before anything is provisioned. Every value is known at preview. */
export interface AccountFacts {
  /** Twelve digits. */
  accountId: string;
  /** `aws`, `aws-cn` or `aws-us-gov`; the second part of every ARN. */
  partition: string;
  /** The regions the baseline covers: enabled ones less the excluded, the home region first. */
  regions: string[];
  /** What single controls asked for, by the id of the control; what is absent was not asked. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- each control knows its own; Pulumi's analyzer knows no `unknown`
  ofControls: Record<string, any>;
}
