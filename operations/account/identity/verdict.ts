import { type PolicyDocument } from "aws-prevention-baseline-policy-pack/iam/model";
import { findPaths } from "aws-prevention-baseline-policy-pack/iam/find-paths";
import { managedVerdict } from "aws-prevention-baseline-policy-pack/iam/managed-policies";
import { TooComplex } from "aws-prevention-baseline-policy-pack/iam/share";
import { decide, type Verdict } from "aws-prevention-baseline-policy-pack/iam/verdict";
import { describe as describeVerdict } from "aws-prevention-baseline-policy-pack/policies/iam-no-admin-wildcard";
import { byItself, byPaths } from "aws-prevention-baseline-policy-pack/policies/iam-no-privilege-escalation";
import { type Finding } from "aws-prevention-baseline-policy-pack/policies/types";
import { type HeldDocument, type HeldDocuments } from "./model";

/** What a principal's policies amount to, the worst first. */
export const powers = ["administrator", "escalation", "conditional", "all-but-iam", "unknown", "none"] as const;

export type Power = (typeof powers)[number];

/** What a principal may do in the end, and why. */
export interface IdentityVerdict {
  /**
   * `administrator`: now, or by one IAM action. `escalation`: by several actions that end in another role's rights.
   * `conditional`: an administrator under a condition. `all-but-iam`: a power user. `unknown`: not everything could be
   * read or decided, and what could amounts to nothing worse.
   */
  readonly kind: Power;
  /** How an administrator came to be one. */
  readonly by?: "aws-managed-policy" | "wildcard";
  /** One sentence. */
  readonly message: string;
  /** The statements that do it, and how; no condition values. Empty for `none`. */
  readonly witness: string;
  /** The policies that do it, as `source` names them. */
  readonly sources: readonly string[];
  /** The permissions boundary, where it makes less of what the policies grant. */
  readonly limitedBy?: string;
}

/**
 * Decides what the documents of one principal grant together, by the evaluators of the policy pack. A boundary counts
 * with its own worst: where the policies grant more than it allows, the lesser of the two is the verdict. Service
 * control policies and resource policies are not looked into.
 */
export function verdictOn(held: Pick<HeldDocuments, "policies" | "boundary" | "isRole">): IdentityVerdict {
  const granted = ofPolicies(held.policies, held.isRole);
  if (held.boundary === undefined || granted.kind === "none") {
    return granted;
  }
  const allowed = ofPolicies([held.boundary], held.isRole);
  // What is not known of a boundary limits nothing.
  const limits = allowed.kind !== "unknown" && rank(allowed.kind) > rank(granted.kind);
  return limits ? { ...granted, kind: allowed.kind, limitedBy: held.boundary.source } : granted;
}

function rank(kind: Power): number {
  return powers.indexOf(kind);
}

function ofPolicies(policies: readonly HeldDocument[], isRole: boolean): IdentityVerdict {
  const documents = policies.flatMap(({ document }) => document ?? []);
  const unread = policies.filter(({ document }) => document === undefined);
  const worst = ofDocuments(documents, policies, isRole);
  const known = unread.flatMap(({ arn, source }) => {
    const verdict = arn === undefined ? undefined : managedVerdict(arn);
    return typeof verdict === "object" && verdict.level === "admin" ? [{ source, verdict }] : [];
  });
  const [first] = known;
  if (first !== undefined && worst.kind !== "administrator") {
    return {
      kind: "administrator",
      by: "aws-managed-policy",
      message: `Holds the AWS-managed policy ${first.verdict.name}, which makes an administrator.`,
      witness: first.verdict.because,
      sources: known.map(({ source }) => source),
    };
  }
  const undecided = unread.length > known.length && (worst.kind === "none" || worst.kind === "all-but-iam");
  return undecided
    ? {
        kind: "unknown",
        message: "Not every policy could be read.",
        witness: "",
        sources: unread.map(({ source }) => source),
      }
    : worst;
}

function ofDocuments(
  documents: readonly PolicyDocument[],
  policies: readonly HeldDocument[],
  isRole: boolean,
): IdentityVerdict {
  const verdicts = decide(documents, { conditionKeys: [], ...(isRole && { heldByRoles: true }) });
  const [first] = verdicts;
  if (first?.kind === "admin" || first?.kind === "undecided-admin") {
    const sources = sourcesOf(first.by.grants.map(({ rule }) => rule.statement.path));
    return { kind: "administrator", by: wayOf(sources, policies), ...told(describeVerdict(first, "")), sources };
  }
  return escalation(documents, isRole) ?? lesser(verdicts);
}

function escalation(documents: readonly PolicyDocument[], isRole: boolean): IdentityVerdict | undefined {
  try {
    const { alone, paths } = findPaths(documents, "certain", {
      existing: true,
      ...(isRole && { heldByRoles: true }),
    });
    const grants = alone?.grants ?? paths[0]?.grants ?? [];
    const finding = alone ? byItself(alone) : paths.length > 0 ? byPaths(paths) : undefined;
    const sources = sourcesOf(grants.map(({ rule }) => rule.statement.path));
    return finding && { kind: "escalation", ...told(finding), sources };
  } catch (error) {
    if (!(error instanceof TooComplex)) {
      throw error;
    }
    return undefined;
  }
}

const lesserKinds = { conditional: "conditional", "all-but-iam": "all-but-iam" } as const;

function lesser(verdicts: readonly Verdict[]): IdentityVerdict {
  const [first] = verdicts;
  if (first === undefined) {
    return { kind: "none", message: "Nothing that leads to an administrator.", witness: "", sources: [] };
  }
  const { path, ...finding } = describeVerdict(first, "");
  const known = first.kind === "conditional" || first.kind === "all-but-iam" ? lesserKinds[first.kind] : "unknown";
  return { kind: known, ...told(finding), sources: sourcesOf(path.split(", ")) };
}

function told({ message, witness }: Pick<Finding, "message" | "witness">) {
  return { message, witness };
}

// A document's path is its source, and a statement's goes on with `: Statement[n]`.
function sourcesOf(paths: readonly string[]): string[] {
  return [...new Set(paths.map((each) => each.split(": Statement")[0] ?? each))].filter((each) => each !== "");
}

function wayOf(sources: readonly string[], policies: readonly HeldDocument[]): "aws-managed-policy" | "wildcard" {
  const managed = policies.some(({ source, arn = "" }) => sources.includes(source) && managedVerdict(arn));
  return managed ? "aws-managed-policy" : "wildcard";
}
