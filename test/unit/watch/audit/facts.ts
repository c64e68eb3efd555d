import { type IdentityVerdict } from "../../../../operations/account/identity/verdict";
import { type AuditFinding, type AuditReport, DAY_MS } from "../../../../operations/watch/audit/model";
import { type KeyFacts, type PrincipalFacts, type UserFacts } from "../../../../operations/watch/audit/rules/subjects";

/** Every test's present. */
export const now = new Date("2026-11-22T12:00:00Z");

export function ago(days: number): string {
  return new Date(now.getTime() - days * DAY_MS).toISOString();
}

export function key(facts: Partial<KeyFacts> = {}): KeyFacts {
  return { slot: 1, id: "AKIAIOSFODNN7EXAMPLE", active: true, createdAt: ago(30), lastUsedAt: ago(1), ...facts };
}

/** A user with nothing wrong. */
export function user(facts: Partial<UserFacts> = {}): UserFacts {
  const arn = "arn:aws:iam::111122223333:user/mina";
  return { name: "mina", arn, createdAt: ago(400), console: false, mfa: true, keys: [], ...facts };
}

export function principal(verdict: Partial<IdentityVerdict>, facts: Partial<PrincipalFacts> = {}): PrincipalFacts {
  const whole: IdentityVerdict = { kind: "none", message: "Nothing.", witness: "", sources: [], ...verdict };
  const arn = "arn:aws:iam::111122223333:user/mina";
  return { kind: "user", name: "mina", arn, createdAt: ago(10), verdict: whole, direct: [], ...facts };
}

export function finding(facts: Partial<AuditFinding> = {}): AuditFinding {
  const { rule = "key-unused-90", resource = "user/mina/AKIAIOSFODNN7EXAMPLE", region = "global" } = facts;
  return {
    id: `${rule}:${region}:${resource}`,
    rule,
    title: "Access key unused for more than 90 days",
    severity: "high",
    references: ["CIS 7.0.0 2.11"],
    who: "mina",
    resource,
    region,
    part: "credentialReport",
    ageDays: 200,
    evidence: "Active, and last used 200 days ago.",
    fix: "aws iam update-access-key --user-name mina --access-key-id AKIAIOSFODNN7EXAMPLE --status Inactive",
    ...facts,
  };
}

export function report(facts: Partial<AuditReport> = {}): AuditReport {
  return {
    accountId: "111122223333",
    startedAt: now.toISOString(),
    seconds: 1.5,
    regions: ["us-east-1", "eu-west-1"],
    users: 2,
    findings: [],
    exempt: [],
    notes: [],
    partial: false,
    problems: [],
    ...facts,
  };
}
