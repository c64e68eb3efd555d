import { createHash } from "node:crypto";
import { printable } from "../../common/printable";
import { type Identity } from "../../aws/identity";
import { type Severity } from "./severity";

/** What a kind of result is about. */
export interface SarifRule {
  /** Stable for life, such as `drift/AuditTrail`. */
  id: string;
  /** One line. */
  title: string;
  description: string;
  /** What to do about it. */
  help: string;
  helpUri?: string;
  severity: Severity;
  tags?: string[];
}

export interface SarifResult {
  /** Of one of the run's rules. */
  ruleId: string;
  severity: Severity;
  /** `open`: it could not be told. Such a result has no level, in SARIF's words. */
  kind?: "fail" | "open";
  message: string;
  /** Where in the sources, from the repository's root; code scanning shows nothing without a file. */
  at: { uri: string; line?: number };
  /** The resource: its name, and its URN or ARN. */
  resource: { name: string; fullName: string };
  /** What makes it the same problem tomorrow: no values, no times. */
  identity: string[];
  properties?: Record<string, unknown>;
}

export interface SarifRun {
  tool: { name: string; version: string; informationUri?: string };
  /** Results of runs with the same id replace each other, such as `drift/<project>/<stack>`. */
  automationId: string;
  /** Name of the fingerprint, such as `driftResource/v1`; raise the number when `identity` is put together otherwise. */
  fingerprint: string;
  rules: SarifRule[];
  results: SarifResult[];
  /** Whether everything could be looked at. */
  successful: boolean;
  /** Who looked, and where; a property of the run. */
  identity?: Identity;
}

/** What GitHub sorts security findings by, between 0 and 10. Source: GitHub docs, "SARIF support for code scanning". */
const scores: Record<Severity, string> = { critical: "9.5", high: "8.0", medium: "5.5", low: "3.0" };
const levels: Record<Severity, string> = { critical: "error", high: "error", medium: "warning", low: "note" };

/**
 * One run as SARIF 2.1.0, which code scanning and editors read.
 *
 * @returns JSON text
 */
export function sarif({ tool, automationId, fingerprint, rules, results, successful, identity }: SarifRun): string {
  const seen = new Map<string, number>();
  const run = {
    tool: { driver: { ...tool, rules: rules.map(ruleOf) } },
    automationDetails: { id: automationId },
    invocations: [{ executionSuccessful: successful }],
    columnKind: "utf16CodeUnits",
    ...(identity && { properties: { identity } }),
    results: results.map((result) => ({
      ruleId: result.ruleId,
      ruleIndex: rules.findIndex(({ id }) => id === result.ruleId),
      ...(result.kind === "open" ? { kind: "open", level: "none" } : { kind: "fail", level: levels[result.severity] }),
      message: { text: result.message },
      locations: [locationOf(result)],
      partialFingerprints: { [fingerprint]: print(result, seen) },
      ...(result.properties && { properties: result.properties }),
    })),
  };
  const log = { $schema: "https://json.schemastore.org/sarif-2.1.0.json", version: "2.1.0", runs: [run] };
  return JSON.stringify(log, (_, value: unknown) => (typeof value === "string" ? inert(value) : value), 2);
}

/** Readers make a link of `[text](address)` in a message. Source: SARIF 2.1.0, 3.11.6. */
function inert(text: string): string {
  return printable(text).replaceAll("](", "] (");
}

function ruleOf({ id, title, description, help, helpUri, severity, tags = [] }: SarifRule): object {
  return {
    id,
    name: id.replace(/(?:^|[^A-Za-z0-9]+)(\w)/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: title },
    fullDescription: { text: description },
    help: { text: help },
    ...(helpUri && { helpUri }),
    defaultConfiguration: { level: levels[severity] },
    properties: { "security-severity": scores[severity], tags: ["security", ...tags] },
  };
}

function locationOf({ at, resource }: SarifResult): object {
  return {
    physicalLocation: {
      artifactLocation: { uri: printable(at.uri).split("/").map(encodeURIComponent).join("/") },
      region: { startLine: at.line ?? 1 },
    },
    logicalLocations: [{ name: resource.name, fullyQualifiedName: resource.fullName, kind: "resource" }],
  };
}

// Two results that look the same are told apart by their order.
function print({ ruleId, identity }: SarifResult, seen: Map<string, number>): string {
  const text = JSON.stringify([ruleId, ...identity]);
  const again = seen.get(text) ?? 0;
  seen.set(text, again + 1);
  return createHash("sha256")
    .update(again === 0 ? text : `${text}\n${again}`)
    .digest("hex");
}
