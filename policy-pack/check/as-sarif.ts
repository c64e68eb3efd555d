import { createHash } from "node:crypto";
import { pathToFileURL } from "node:url";
import { isAbsolute, sep } from "node:path";
import { everyPolicy, type PolicyDescription } from "../policies";
import { printable } from "./printable";
import { type Verdict } from "./verdicts";

/** What GitHub sorts security findings by, between 0 and 10. */
const scores: Record<PolicyDescription["severity"], string> = {
  critical: "9.5",
  high: "8.0",
  medium: "5.5",
  low: "3.0",
};

const home = "https://www.npmjs.com/package/aws-prevention-baseline-policy-pack";

/**
 * The verdicts as SARIF 2.1.0, which code scanning and editors read. A finding keeps its fingerprint while policy,
 * resource and property are the same, whatever else of the file changes.
 *
 * @param text the file's text, for the line at which a resource stands; empty when it came from stdin
 */
export function asSarif(verdicts: readonly Verdict[], file: string, text: string, version: string): string {
  const lines = linesOf(verdicts, text);
  const seen = new Map<string, number>();
  const results = verdicts.map((verdict) => {
    const identity = [verdict.policyId, verdict.urn, verdict.path, verdict.certainty].join("\n");
    const again = seen.get(identity) ?? 0;
    seen.set(identity, again + 1);
    return result(verdict, file, lines.get(verdict.urn) ?? 1, fingerprint(identity, again));
  });
  const driver = { name: "aws-prevention-baseline", version, informationUri: home, rules: everyPolicy.map(rule) };
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [{ tool: { driver }, columnKind: "utf16CodeUnits", results }],
  };
  return JSON.stringify(log, (_, value: unknown) => (typeof value === "string" ? inert(value) : value), 2);
}

/** Readers make a link of `[text](address)` in a message. Source: SARIF 2.1.0, 3.11.6. */
function inert(text: string): string {
  return printable(text).replaceAll("](", "] (");
}

function rule({
  id,
  title,
  description,
  severity,
  level,
  remediationSteps,
  url,
  frameworks,
}: PolicyDescription): object {
  return {
    id,
    name: id.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: title },
    fullDescription: { text: description },
    help: { text: remediationSteps },
    helpUri: url,
    defaultConfiguration: { level: level === "mandatory" ? "error" : "warning" },
    properties: {
      "security-severity": scores[severity],
      "problem.severity": level === "mandatory" ? "error" : "warning",
      tags: ["security", ...frameworks.map(({ name, version, reference }) => `${name} ${version} ${reference}`)],
    },
  };
}

function result(verdict: Verdict, file: string, line: number, print: string): object {
  const { policyId: ruleId, level, certainty, urn, resource, message } = verdict;
  // What cannot be told yet is open, in SARIF's words, and an open result has no level.
  const kind = certainty === "unknown" ? { kind: "open", level: "none" } : { kind: "fail", level: sarifLevel(level) };
  return {
    ruleId,
    ruleIndex: everyPolicy.findIndex(({ id }) => id === ruleId),
    ...kind,
    message: { text: `${resource}: ${message}` },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: uriOf(file) }, region: { startLine: line } },
        logicalLocations: [{ name: resource, fullyQualifiedName: urn, kind: "resource" }],
      },
    ],
    partialFingerprints: { "policyUrnPath/v1": print },
  };
}

function sarifLevel(level: Verdict["level"]): string {
  return level === "mandatory" ? "error" : "warning";
}

function fingerprint(identity: string, again: number): string {
  return createHash("sha256")
    .update(again === 0 ? identity : `${identity}\n${again}`)
    .digest("hex");
}

function uriOf(file: string): string {
  if (file === "-") return "stdin";
  if (isAbsolute(file)) return pathToFileURL(file).href;
  return file.split(sep).map(encodeURIComponent).join("/");
}

/** The line of the first mention of each URN as a `urn` of its own, found in one pass. */
function linesOf(verdicts: readonly Verdict[], text: string): Map<string, number> {
  const wanted = new Set(verdicts.map(({ urn }) => urn));
  const lines = new Map<string, number>();
  if (wanted.size === 0) return lines;
  let [line, counted] = [1, 0];
  for (const match of text.matchAll(/"urn"\s*:\s*("(?:[^"\\\n]|\\.)*")/g)) {
    for (; counted < match.index; counted++) if (text.charCodeAt(counted) === 10) line++;
    const urn = JSON.parse(match[1] ?? '""') as string;
    if (wanted.has(urn) && !lines.has(urn)) lines.set(urn, line);
  }
  return lines;
}
