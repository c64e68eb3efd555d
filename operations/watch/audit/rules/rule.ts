import { type Severity } from "../../../output/severity";
import { type AuditPart } from "../model";
import { type Subjects } from "./subjects";

/** A control of a published benchmark. */
export const cis = (control: string, version = "7.0.0"): string => `CIS ${version} ${control}`;
export const securityHub = (control: string): string => `Security Hub ${control}`;

/** What a rule saw on one subject; what is the same for all its findings the rule itself says. */
export interface Sighting {
  who: string;
  resource: string;
  arn?: string;
  /** Default: `global`. */
  region?: string;
  /** Where one case is better or worse than the rule's own. */
  severity?: Severity;
  ageDays?: number;
  evidence: string;
  fix: string;
}

/** One rule: pure, over one kind of subject. */
export interface Rule<Kind extends keyof Subjects> {
  /** Stable for life, in kebab-case. */
  id: string;
  /** What is wrong, in a few words. */
  title: string;
  severity: Severity;
  references: readonly string[];
  /** Why it matters, in a sentence. */
  why: string;
  on: Kind;
  part: AuditPart;
  judge(subject: Subjects[Kind], now: Date): readonly Sighting[];
}

export type AnyRule = { [Kind in keyof Subjects]: Rule<Kind> }[keyof Subjects];

/** Keeps what a rule is about, so that a list of rules can be typed. */
export function rule<Kind extends keyof Subjects>(each: Rule<Kind>): AnyRule {
  return each as unknown as AnyRule;
}

/** `3 days`, `1 day`. */
export function days(count: number): string {
  return count === 1 ? "1 day" : `${count} days`;
}
