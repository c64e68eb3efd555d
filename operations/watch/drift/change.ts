/** One call that changed a resource, as CloudTrail has it. */
export interface Change {
  /** ISO 8601, in UTC. */
  time: string;
  /** Such as `StopLogging`. */
  event: string;
  /** Such as `cloudtrail.amazonaws.com`. */
  source: string;
  /** ARN of who called, or what CloudTrail has instead. */
  user: string;
  /** Address, or the AWS service that called on somebody's behalf. */
  sourceIp?: string;
  region: string;
  /** It is older than the stack's state, and therefore hardly the cause: CloudTrail may be a quarter of an hour behind. */
  before?: true;
}
