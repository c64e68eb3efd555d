import { type IpPermission } from "@aws-sdk/client-ec2";
import { type IdentityVerdict } from "../../../account/identity/verdict";

/** An access key, as credential report and key list tell of it. */
export interface KeyFacts {
  /** 1 or 2, as in the credential report. */
  slot: 1 | 2;
  /** Left out where the list of keys was not asked for, or could not be. */
  id?: string;
  active: boolean;
  /** ISO 8601. */
  createdAt?: string;
  /** ISO 8601; left out when it was never used. */
  lastUsedAt?: string;
}

/** A user, as the credential report has it, or IAM's calls about one user. */
export interface UserFacts {
  name: string;
  arn: string;
  createdAt?: string;
  /** Whether there is a console password. */
  console: boolean;
  /** ISO 8601; left out when it was never used, or before AWS kept such dates (October 2014). */
  passwordUsedAt?: string;
  passwordChangedAt?: string;
  /** Since when there is a password, which may have been changed since; for whom the credential report lacks. */
  consoleSince?: string;
  mfa: boolean;
  keys: KeyFacts[];
}

/** The root user. What could not be told is left out, and no rule speaks of it. */
export interface RootFacts {
  accessKeys?: boolean;
  mfa?: boolean;
  /** True where root has neither password nor access key, as in member accounts whose root is managed centrally. */
  cannotSignIn?: boolean;
  lastUsedAt?: string;
}

/** A user or role and what its policies amount to. */
export interface PrincipalFacts {
  kind: "user" | "role";
  name: string;
  arn: string;
  createdAt?: string;
  verdict: IdentityVerdict;
  /** Policies the user holds by itself, not through a group. Of a role, all. */
  direct: { name: string; arn?: string }[];
}

/** Undefined policy: AWS's default, eight characters. */
export interface PasswordPolicyFacts {
  policy?: { minimumLength: number; reusePrevention: number; maxAge?: number; hardExpiry?: boolean; classes: number };
}

/** A thing in a region; the owner is what its `Owner` tag says. */
interface Regional {
  region: string;
  owner?: string;
}

export interface SecurityGroupFacts extends Regional {
  id: string;
  name: string;
  permissions: IpPermission[];
}

export interface SecretFacts extends Regional {
  name: string;
  arn: string;
  createdAt?: string;
  /** To the day. */
  lastUsedAt?: string;
}

export interface InstanceFacts extends Regional {
  id: string;
  launchedAt?: string;
  profileArn?: string;
  /** Whether the metadata service answers at all, and whether it insists on IMDSv2. */
  metadata: "off" | "v2" | "v1";
}

export interface ExposureFacts extends Regional {
  analyzerArn: string;
  findingId: string;
  resource: string;
  resourceType: string;
  /** `ExternalAccess`, `UnusedPermission`, ... as IAM Access Analyzer calls it. */
  type: string;
  isPublic: boolean;
  since?: string;
}

/** Regions in which nothing analyses external access. */
export interface AnalyzerFacts {
  missingIn: string[];
}

/** Everything rules look at, by what it is called. */
export interface Subjects {
  user: UserFacts;
  root: RootFacts;
  principal: PrincipalFacts;
  passwordPolicy: PasswordPolicyFacts;
  securityGroup: SecurityGroupFacts;
  secret: SecretFacts;
  instance: InstanceFacts;
  exposure: ExposureFacts;
  analyzers: AnalyzerFacts;
}
