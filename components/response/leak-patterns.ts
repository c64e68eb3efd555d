import { quarantinePolicy } from "../alerting/iam-alert-patterns";
import { globalRegion } from "../partition";

/** Source: AWS Health, event type codes of the service RISK; all say that credentials are in others' hands, or may be. */
export const leakEventCodes = [
  "AWS_RISK_CREDENTIALS_COMPROMISED",
  "AWS_RISK_CREDENTIALS_COMPROMISE_SUSPECTED",
  "AWS_RISK_CREDENTIALS_EXPOSED",
  "AWS_RISK_CREDENTIALS_EXPOSURE_SUSPECTED",
  "AWS_RISK_IAM_QUARANTINE",
];

/**
 * Where AWS Health reports what concerns the account as a whole: in one region, with a copy in another in case that one
 * is down. The copy is not waited for in a region that is left alone.
 *
 * Source: AWS Health User Guide, "About monitoring for public events and backup Regions".
 *
 * @param partition `aws`, `aws-cn` or `aws-us-gov`
 * @param regions that the baseline covers
 */
export function healthRegions(partition: string, regions: readonly string[]): string[] {
  const backups: Record<string, string> = { "aws-cn": "cn-northwest-1", "aws-us-gov": "us-gov-east-1" };
  const backup = backups[partition] ?? "us-west-2";
  return [globalRegion(partition), ...(regions.includes(backup) ? [backup] : [])];
}

/** AWS found credentials of the account in public. */
export function healthPattern(): string {
  return JSON.stringify({
    source: ["aws.health"],
    "detail-type": ["AWS Health Event"],
    detail: { service: ["RISK"], eventTypeCategory: ["issue"], eventTypeCode: leakEventCodes },
  });
}

/**
 * Findings that name an access key in others' hands; stolen credentials of instances are among those of
 * `UnauthorizedAccess:IAMUser`. Source: GuardDuty User Guide, "IAM finding types".
 *
 * @param region of the rule: what other regions forwarded to this bus, for other alerts, is not meant
 */
export function credentialFindingPattern(region: string): string {
  const types = ["UnauthorizedAccess:IAMUser/", "CredentialAccess:IAMUser/", "Stealth:IAMUser/"];
  return JSON.stringify({
    source: ["aws.guardduty"],
    "detail-type": ["GuardDuty Finding"],
    region: [region],
    detail: {
      type: types.map((prefix) => ({ prefix })),
      resource: { accessKeyDetails: { accessKeyId: [{ exists: true }] } },
    },
  });
}

/** AWS, or whoever does as AWS does, puts a user in quarantine. Source: `quarantinePattern`. */
export function quarantinedPattern(partition: string, region: string): string {
  return JSON.stringify({
    source: ["aws.iam"],
    "detail-type": ["AWS API Call via CloudTrail"],
    region: [region],
    detail: {
      errorCode: [{ exists: false }],
      eventName: ["AttachUserPolicy"],
      requestParameters: { policyArn: [{ prefix: quarantinePolicy(partition) }] },
    },
  });
}

/** Everything on the bus of its own: nothing gets there but by the rules above, since nobody can put events of `aws.*`. */
export function forwardedPattern(): string {
  return JSON.stringify({ source: ["aws.health", "aws.guardduty", "aws.iam"] });
}
