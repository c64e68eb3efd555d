import { type ReadProblem } from "../../../aws/problem";

/**
 * What of an account can collide with the baseline, or exist beside it, as AWS's API tells it. Pure data: who owns a
 * thing is for `owner.ts` to say, and what to do about it for `adopt`.
 */
export interface Survey {
  /** Twelve digits. */
  accountId: string;
  /** `aws`, `aws-cn` or `aws-us-gov`. */
  partition: string;
  /** Regions that were looked at, whether or not they answered. */
  regions: string[];
  detectors: Detector[];
  recorders: Recorder[];
  channels: DeliveryChannel[];
  trails: Trail[];
  analyzers: Analyzer[];
  defaultSecurityGroups: DefaultSecurityGroup[];
  /** Absent when the account has none, or when it could not be told: see `problems`. */
  passwordPolicy?: PasswordPolicy;
  /** Absent like `passwordPolicy`. */
  publicAccessBlock?: PublicAccessBlock;
  /** AWS Config's service-linked role; absent like `passwordPolicy`. */
  configRole?: ServiceLinkedRole;
  budgets: Budget[];
  users: User[];
  /** Names of IAM roles by which AWS Control Tower governs the account; none where it does not. */
  controlTowerRoles: string[];
  /** What could not be told, and why. A region in which nothing answers has one of these for each of its kinds. */
  problems: SurveyProblem[];
}

/** The members of a survey that are looked for; each is looked for on its own, so that each can fail on its own. */
export type SurveyKind =
  | "detectors"
  | "recorders"
  | "channels"
  | "trails"
  | "analyzers"
  | "defaultSecurityGroups"
  | "passwordPolicy"
  | "publicAccessBlock"
  | "configRole"
  | "budgets"
  | "users"
  | "controlTowerRoles";

/** Something that could not be told. */
export type SurveyProblem<Kind extends string = SurveyKind> = ReadProblem<Kind>;

/** Tags by name; empty where there are none or where the service does not tell. */
export type Tags = Record<string, string>;

interface Regional {
  region: string;
}

/** A GuardDuty detector; a region has one at most. */
export interface Detector extends Regional {
  id: string;
  tags: Tags;
  enabled: boolean;
  /** `FIFTEEN_MINUTES`, `ONE_HOUR` or `SIX_HOURS`. */
  publishingFrequency: string;
  /** The account that administers this one for GuardDuty; absent where there is none. */
  administratorId?: string;
}

/** An AWS Config recorder; a region has one that customers manage at most, and besides those of AWS services. */
export interface Recorder extends Regional {
  name: string;
  arn: string;
  tags: Tags;
  recording: boolean;
  /** Every supported resource type is recorded. */
  allTypes: boolean;
  roleArn: string;
  /** The AWS service that manages it, such as `securityhub.amazonaws.com`; absent where a customer does. */
  servicePrincipal?: string;
}

/** An AWS Config delivery channel; a region has one at most. */
export interface DeliveryChannel extends Regional {
  name: string;
  bucket: string;
}

/** A CloudTrail trail. */
export interface Trail {
  name: string;
  arn: string;
  /** Where it was made and is changed; a multi-region trail is listed once. */
  homeRegion: string;
  tags: Tags;
  logging: boolean;
  multiRegion: boolean;
  /** Made by an organization's management or delegated account, for all its accounts. */
  organization: boolean;
  bucket: string;
  /** Ones that copy management events are billed from the second on. Absent where it could not be told. */
  managementEvents?: boolean;
}

/** An analyzer of IAM Access Analyzer; a region has one of type `ACCOUNT` at most. */
export interface Analyzer extends Regional {
  name: string;
  arn: string;
  tags: Tags;
  /** `ACCOUNT`, `ORGANIZATION`, `ACCOUNT_UNUSED_ACCESS`, `ORGANIZATION_UNUSED_ACCESS`, ... */
  type: string;
}

/** The default security group of a default VPC. */
export interface DefaultSecurityGroup extends Regional {
  id: string;
  vpcId: string;
  tags: Tags;
  /** Rules, in and out; none means closed. */
  rules: number;
}

/** The account's password policy for IAM users. */
export interface PasswordPolicy {
  minimumLength: number;
  requireLowercase: boolean;
  requireUppercase: boolean;
  requireNumbers: boolean;
  requireSymbols: boolean;
  usersMayChange: boolean;
  hardExpiry: boolean;
  /** Days; absent when passwords do not expire. */
  maxAgeDays?: number;
  /** Absent when earlier passwords may be used again. */
  reusePrevention?: number;
}

/** The account's block of public S3 buckets. */
export interface PublicAccessBlock {
  blockPublicAcls: boolean;
  blockPublicPolicy: boolean;
  ignorePublicAcls: boolean;
  restrictPublicBuckets: boolean;
}

export interface ServiceLinkedRole {
  name: string;
  arn: string;
  tags: Tags;
}

export interface Budget {
  name: string;
  /** `COST`, `USAGE`, ... */
  type: string;
}

export interface User {
  name: string;
  arn: string;
  /** ISO 8601. */
  createdAt: string;
}

export interface SurveyOptions {
  /** Regions to look at; by default every one enabled in the account. */
  regions?: string[];
  /** Regions to leave out of those that are enabled. */
  except?: string[];
  /** Kinds to look for; all by default. */
  kinds?: SurveyKind[];
  onProgress?: (text: string) => void;
}
