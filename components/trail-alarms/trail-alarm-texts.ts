import { type TrailAlarmId } from "./trail-alarm-ids";

/** What a person is told of an alarm, and which controls it answers. */
export interface TrailAlarmText {
  /** Name of the metric. */
  metric: string;
  /** What happened, in plain words. */
  happened: string;
  /** What to look at first. */
  look: string;
  /** Number within the monitoring chapter: 4 of CIS 5.0, 5 of CIS 7.0. */
  cis?: number;
  /** Number of the Security Hub control, CloudWatch.n. */
  securityHub?: number;
}

export const trailAlarmTexts: Record<TrailAlarmId, TrailAlarmText> = {
  "unauthorized-api-calls": {
    metric: "UnauthorizedApiCalls",
    happened: "An API call was refused for want of permission.",
    look: "who keeps being refused, and whether one key tries many services: that is how a stolen key is tried out",
    cis: 1,
    securityHub: 2,
  },
  "console-sign-in-without-mfa": {
    metric: "ConsoleSignInWithoutMfa",
    happened: "An IAM user signed in to the console without MFA.",
    look: "whether the user knows of it and where the address is; then give the user an MFA device",
    cis: 2,
    securityHub: 3,
  },
  "root-use": {
    metric: "RootUse",
    happened: "The root user did something.",
    look: "whether its owner was at work; if not, change the password and the e-mail address and call AWS Support",
    cis: 3,
    securityHub: 1,
  },
  "iam-policy-changes": {
    metric: "IamPolicyChanges",
    happened: "Somebody changed an IAM policy, or what it is attached to.",
    look: "who gained which rights, and by whom they were given",
    cis: 4,
    securityHub: 4,
  },
  "cloudtrail-changes": {
    metric: "CloudTrailChanges",
    happened: "Somebody created, changed, deleted, started or stopped a trail.",
    look: "whether the trail still records all regions, and what the caller did before",
    cis: 5,
    securityHub: 5,
  },
  "console-sign-in-failures": {
    metric: "ConsoleSignInFailures",
    happened: "A sign-in to the console failed.",
    look: "whether many users are tried from one address, or one user many times",
    cis: 6,
    securityHub: 6,
  },
  "kms-key-disabled-or-deleted": {
    metric: "KmsKeyDisabledOrDeleted",
    happened: "Somebody disabled a KMS key or scheduled its deletion.",
    look: "what the key encrypts; a deletion can be cancelled until its date",
    cis: 7,
    securityHub: 7,
  },
  "s3-bucket-policy-changes": {
    metric: "S3BucketPolicyChanges",
    happened: "Somebody changed the access, lifecycle or replication of an S3 bucket.",
    look: "who may read the bucket now, where its objects go, and when they expire",
    cis: 8,
    securityHub: 8,
  },
  "config-changes": {
    metric: "ConfigChanges",
    happened: "Somebody changed or stopped AWS Config.",
    look: "whether the recorder still runs and records what it did",
    cis: 9,
    securityHub: 9,
  },
  "security-group-changes": {
    metric: "SecurityGroupChanges",
    happened: "Somebody changed a security group.",
    look: "whether a rule admits 0.0.0.0/0 or ::/0, and to which ports",
    cis: 10,
    securityHub: 10,
  },
  "network-acl-changes": {
    metric: "NetworkAclChanges",
    happened: "Somebody changed a network ACL.",
    look: "whether it admits more than before",
    cis: 11,
    securityHub: 11,
  },
  "network-gateway-changes": {
    metric: "NetworkGatewayChanges",
    happened: "Somebody changed an internet or customer gateway.",
    look: "which VPC can now be reached from outside",
    cis: 12,
    securityHub: 12,
  },
  "route-table-changes": {
    metric: "RouteTableChanges",
    happened: "Somebody changed a route table.",
    look: "where the traffic goes now: an unknown instance, peering or gateway",
    cis: 13,
    securityHub: 13,
  },
  "vpc-changes": {
    metric: "VpcChanges",
    happened: "Somebody created, changed or deleted a VPC or a peering.",
    look: "with which account or VPC it is connected now; new VPCs in unused regions serve miners",
    cis: 14,
    securityHub: 14,
  },
  "organizations-changes": {
    metric: "OrganizationsChanges",
    happened: "Somebody changed the organization, its policies or this account's membership.",
    look: "whether the account has left, and which policy no longer holds",
    cis: 15,
  },
  "denied-api-calls": {
    metric: "DeniedApiCalls",
    happened: "Many API calls were refused within a short time.",
    look: "one key refused by many services is a stolen key being tried out; one call refused again and again is a broken program",
  },
};

/** The alarm's description, which is part of the mail. At most 1024 characters (CloudWatch, PutMetricAlarm). */
export function alarmDescription({ happened, look, cis }: TrailAlarmText): string {
  const numbers = cis === undefined ? [] : [`CIS 7.0 5.${cis}, CIS 5.0 4.${cis}.`];
  return [happened, `Look first: ${look}.`, ...numbers].join(" ");
}

/** The controls all alarms together answer, by benchmark. */
export function answeredControls(): string[] {
  const texts = Object.values(trailAlarmTexts);
  const numbered = (key: "cis" | "securityHub", title: string) =>
    texts
      .flatMap((text) => text[key] ?? [])
      .sort((a, b) => a - b)
      .map((number) => `${title}${number}`);
  return [
    ...numbered("cis", "CIS 5.0 4."),
    ...numbered("cis", "CIS 7.0 5."),
    ...numbered("securityHub", "Security Hub CloudWatch."),
  ];
}
