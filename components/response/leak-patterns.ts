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
 * Findings that name credentials in others' hands.
 *
 * Of the three purposes every type that has an access key: those of IAM (stolen credentials of instances and other
 * resources among them), of S3, and of Kubernetes where AWS credentials were used. Left out are those without one:
 * `CredentialAccess:RDS` (users of a database), `UnauthorizedAccess:EC2`, `:Lambda` and `:Runtime` (machines). Other
 * purposes of `IAMUser` (`Discovery`, `PenTest`, ...) say that a caller behaves oddly, not that it is a thief: the alert on
 * findings tells of them.
 *
 * Attack sequences are about credentials in `IAM/CompromisedCredentials`, whatever else can be read there; the others
 * count if an actor bears credentials (EKS, ECS and EC2 often name processes).
 *
 * Whether a finding is archived is not asked. What a suppression rule archives is not sent. What somebody archives by hand
 * is sent whenever it occurs again, and is an update like any other: the credentials are then still being used. Whether
 * archiving by itself sends anything is not documented; if it does, that is one more update.
 *
 * Source: GuardDuty User Guide, "IAM finding types", "Attack sequence finding types", "Suppression rules", "Processing
 * GuardDuty findings with Amazon EventBridge" (archived findings); API reference, User.
 *
 * @param region of the rule: what other regions forwarded to this bus, for other alerts, is not meant
 */
export function credentialFindingPattern(region: string): string {
  const exists = [{ exists: true }];
  const purposes = ["UnauthorizedAccess:", "CredentialAccess:", "Stealth:"].map((prefix) => ({ prefix }));
  return JSON.stringify({
    source: ["aws.guardduty"],
    "detail-type": ["GuardDuty Finding"],
    region: [region],
    detail: {
      $or: [
        { type: purposes, resource: { accessKeyDetails: { accessKeyId: exists } } },
        { type: [{ prefix: "AttackSequence:IAM/" }] },
        {
          type: [{ prefix: "AttackSequence:" }],
          service: { detection: { sequence: { actors: { user: { credentialUid: exists } } } } },
        },
      ],
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
