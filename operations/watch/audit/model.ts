import { type Identity } from "../../../aws/identity";
import { type Severity } from "../../output/severity";
import { type SurveyProblem } from "../../account/survey/model";

/** Parts of an audit; each is read on its own, so that each can fail on its own. */
export type AuditPart =
  | "credentialReport"
  | "accessKeys"
  | "accountSummary"
  | "passwordPolicy"
  | "policies"
  | "accessAnalyzer"
  | "securityGroups"
  | "secrets"
  | "instances"
  | "regions";

/** Something that could not be told: the part and the region, the call, and why. */
export type AuditProblem = SurveyProblem<AuditPart>;

/** One thing that should not be so. */
export interface AuditFinding {
  /** The same tomorrow, as long as it is the same problem: rule and resource. */
  id: string;
  /** Id of the rule. */
  rule: string;
  title: string;
  severity: Severity;
  /** Controls of published benchmarks, such as `CIS 7.0.0 2.10`. */
  references: string[];
  /** Whose business it is: a user or role by name, `root`, the `Owner` tag of a resource, or `account`. */
  who: string;
  /** Such as `user/mina`, `user/mina/AKIA...`, `sg-0123`. Exemptions match it, or the ARN. */
  resource: string;
  arn?: string;
  /** `global` for what an account has once. */
  region: string;
  part: AuditPart;
  /** Whole days since it began to be so, where that can be told. */
  ageDays?: number;
  /** What was seen, in a sentence; no secrets. */
  evidence: string;
  /** An AWS CLI command, which a person reads before running it. */
  fix: string;
}

/** What an audit of one account found. */
export interface AuditReport {
  /** Who read the account. Absent in reports of older versions. */
  identity?: Identity;
  accountId: string;
  /** ISO 8601, when it began. */
  startedAt: string;
  seconds: number;
  /** Regions that were looked at. */
  regions: string[];
  /** How many users were looked at; undefined when the credential report could not be had. */
  users?: number;
  /** Worst first, without what is exempt. */
  findings: AuditFinding[];
  /** Findings that somebody decided to live with for a while. */
  exempt: { finding: AuditFinding; reason: string; expires: string }[];
  /** Sentences about exemptions that are over, or fit nothing. */
  notes: string[];
  /** Whether something could not be read. What was read is told in full. */
  partial: boolean;
  problems: AuditProblem[];
}

/** How many days make something old. */
export const limits = {
  /** Access keys. Source: CIS AWS Foundations 7.0.0, 2.12. */
  keyAge: 90,
  /** Passwords and keys nobody uses. Source: AWS Security Hub, IAM.8. */
  unused: 90,
  /** Passwords: the first warning. */
  unusedSoon: 30,
  /** A new key may lie for some days before its first use. */
  newKey: 7,
  /** Use of root that counts as recent. */
  rootUse: 30,
  /** Source: AWS Security Hub, SecretsManager.3. */
  secretUnused: 90,
} as const;

export const DAY_MS = 86_400_000;

/** Whole days between two times; undefined when there is no such time. */
export function daysSince(time: string | undefined, now: Date): number | undefined {
  return time === undefined ? undefined : Math.floor((now.getTime() - Date.parse(time)) / DAY_MS);
}
