import { type Embedded, lookInside } from "../embedded/look-inside";
import { type Located } from "../values";
import { soundProperties } from "./config";
import { findException } from "./exceptions";
import { anyType, type ConfiguredLevel, type Finding, type Level, type Policy, type PolicyConfig } from "./types";
import { type PolicyDescription, type Resource, type Result } from "./types";

// One line of a message; longer ones are cut, because a terminal wraps them into noise.
const lineWidth = 160;

/**
 * Decides one resource by one policy, and what it has inside as text or JSON: certain findings first, unknown ones as
 * advisories. Never throws; a fault in the policy is an advisory of its own, so that it neither stops an update nor
 * passes for "nothing found". A property that does not follow the policy's schema has its default.
 */
export function evaluatePolicy(
  policy: Policy,
  resource: Resource,
  properties: PolicyConfig,
  level: ConfiguredLevel = policy.level,
  today = new Date(),
): Result[] {
  if (level === "disabled") {
    return [];
  }
  try {
    const looksAt = ({ type }: Resource): boolean => policy.resourceTypes.includes(type);
    const inside = lookInside(resource).embedded.filter((each) => looksAt(each.resource));
    // A policy on every type reads what is inside as the text it is.
    const asked = policy.resourceTypes.includes(anyType) || looksAt(resource);
    if (!asked && inside.length === 0) {
      return [];
    }
    const sound = soundProperties(policy, properties);
    const findings = [
      ...(asked ? policy.evaluate(resource, sound) : []),
      ...inside.flatMap((each) => policy.evaluate(each.resource, sound).map((found) => within(each, found))),
    ];
    const exception = findings.length > 0 ? findException(resource, sound, today) : undefined;
    if (exception?.state === "valid") {
      return [];
    }
    const note = exception && `The exception for this resource expired on ${exception.expires}.`;
    return inOrder(findings).map((finding) => toResult(policy, finding, level, note));
  } catch (error) {
    return [fault(policy, error)];
  }
}

// A template is read without its parameters and conditions, and by CloudFormation only later: reported, not refused.
function within({ at, of }: Embedded, finding: Finding): Finding {
  const path = `${at}: ${finding.path}`;
  if (of === "resource") return { ...finding, path };
  const witness = finding.certainty === "unknown" ? "CloudFormation decides this input, not Pulumi." : finding.witness;
  return { ...finding, path, witness, level: "advisory" };
}

/** Certain findings before unknown ones, those that block before those that do not. */
export function inOrder<T extends Finding>(findings: readonly T[]): T[] {
  return [...findings].sort((a, b) => rank(a) - rank(b));
}

function rank(finding: Finding): number {
  return (finding.certainty === "violation" ? 0 : 2) + (finding.level === "advisory" ? 1 : 0);
}

function effective(finding: Finding, level: ConfiguredLevel): Level {
  const blocks = finding.certainty === "violation" && finding.level !== "advisory" && level !== "advisory";
  return blocks ? "mandatory" : "advisory";
}

/** A finding as people read it, at the level the configuration leaves it. */
export function toResult(
  policy: PolicyDescription,
  finding: Finding,
  configured: ConfiguredLevel,
  note: string | undefined,
): Result {
  const level = effective(finding, configured);
  const lines = [
    finding.message,
    finding.path && `Where: ${finding.path}`,
    finding.witness && `Why: ${finding.witness}`,
    finding.fix && `Fix: ${finding.fix}`,
    note,
  ];
  const { id: policyId, severity } = policy;
  return { policyId, level, severity, certainty: finding.certainty, message: joined(lines), path: finding.path };
}

function joined(lines: readonly (string | undefined)[]): string {
  return lines
    .filter((line) => line !== undefined && line !== "")
    .map((line) => String(line).replace(/\s+/g, " "))
    .map((line) => (line.length > lineWidth ? `${line.slice(0, lineWidth - 1)}…` : line))
    .join("\n");
}

/** What is said when a policy itself is at fault. */
// Only the error's class: its text may quote the input, and the input may be a secret.
export function fault(policy: PolicyDescription, error: unknown): Result {
  const kind = error instanceof Error ? error.name : typeof error;
  const lines = [
    `Could not be evaluated: internal error (${kind}) in ${policy.id}.`,
    "Nothing is said about this resource: check it by hand.",
    "Fix: report this with the resource's type; the inputs are not needed.",
  ];
  const { id: policyId, severity } = policy;
  return { policyId, level: "advisory", severity, certainty: "unknown", message: joined(lines), path: "" };
}

/** The root of a resource's inputs, to walk from. */
export function root(resource: Resource): Located {
  return { value: resource.props, path: "" };
}
