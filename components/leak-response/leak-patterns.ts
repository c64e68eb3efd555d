import { quarantinePolicy } from "../iam-alerts/iam-alert-patterns";
import { globalRegion } from "../foundation/partition";
import { leastSeverity } from "./leak-machine-sources";

/**
 * Some of AWS Health's codes of the service RISK, to try a rule with. The rule itself takes every code of that service,
 * because AWS adds to them.
 */
export const leakEventCodes = [
  "AWS_RISK_ACCOUNT_CONSOLE_COMPROMISE",
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

/**
 * AWS found credentials of the account in public, or sees the account in somebody else's hands (service RISK); or AWS had a
 * complaint that the account attacks others, sends mail or mines (ABUSE). Every code there is or will be, of any category.
 *
 * Source: AWS Health User Guide, "AWS Health events Amazon EventBridge schema" (detail-type).
 */
export function healthPattern(): string {
  const of = (service: string) => ({ service: [service], eventTypeCode: [{ prefix: `AWS_${service}_` }] });
  return JSON.stringify({
    source: ["aws.health"],
    "detail-type": ["AWS Health Event", "AWS Health Abuse Event"],
    detail: { $or: [of("RISK"), of("ABUSE")] },
  });
}

/**
 * Findings that name credentials in others' hands.
 *
 * A caller on a list of threats or of Tor, whatever it did and to which service; and what IAM's findings call an
 * unauthorized access, or an access to credentials. Not findings that GuardDuty calls Low, and none about a setting that
 * an administrator may change (`Stealth`). Other purposes of `IAMUser` (`Discovery`, `PenTest`, ...) say that a caller
 * behaves oddly, not that it is a thief: the alert on findings tells of them.
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
  const types = [
    { wildcard: "*IPCaller*" },
    { prefix: "UnauthorizedAccess:IAMUser/" },
    { prefix: "CredentialAccess:IAMUser/" },
  ];
  return JSON.stringify({
    source: ["aws.guardduty"],
    "detail-type": ["GuardDuty Finding"],
    region: [region],
    detail: {
      severity: [{ numeric: [">=", leastSeverity] }],
      $or: [
        { type: types, resource: { accessKeyDetails: { accessKeyId: exists } } },
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
