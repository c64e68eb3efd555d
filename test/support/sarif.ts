/**
 * What of a SARIF log is not as version 2.1.0 has it, one path each: the part of its schema that our reports use,
 * written down by hand, with GitHub's demands on top. Every object is closed, so a property nobody thought of shows.
 */
export function sarifProblems(log: unknown): string[] {
  return problems(log, sarifLog, "$");
}

type Shape = RegExp | "integer" | "boolean" | "anything" | { readonly each: Shape } | Fields;
interface Fields {
  readonly fields: Readonly<Record<string, Shape>>;
  readonly required: readonly string[];
}

const text = /[^]+/;
const uri = /^[\w.:/%~-]+$/;
const some = (fields: Record<string, Shape>, ...required: string[]): Fields => ({ fields, required });
const message = some({ text }, "text");
const print = /^[0-9a-f]{64}$/;
const level = /^(none|note|warning|error)$/;

const rule = some(
  {
    id: text,
    name: /^\w+$/,
    shortDescription: message,
    fullDescription: message,
    help: message,
    helpUri: /^https:\/\/\S+$/,
    defaultConfiguration: some({ level }, "level"),
    properties: some(
      { "security-severity": /^\d\.\d$/, "problem.severity": level, tags: { each: text } },
      "tags",
      "security-severity",
    ),
  },
  "id",
  "shortDescription",
  "fullDescription",
  "help",
);
const location = some(
  {
    physicalLocation: some(
      { artifactLocation: some({ uri }, "uri"), region: some({ startLine: "integer" }, "startLine") },
      "artifactLocation",
    ),
    logicalLocations: { each: some({ name: text, fullyQualifiedName: text, kind: text }) },
  },
  "physicalLocation",
);
const result = some(
  {
    ruleId: text,
    ruleIndex: "integer",
    kind: /^(notApplicable|pass|fail|review|open|informational)$/,
    level,
    message,
    locations: { each: location },
    partialFingerprints: some({
      "policyUrnPath/v1": print,
      "driftResource/v1": print,
      "reviewPolicyUrn/v1": print,
      "auditFinding/v1": print,
    }),
    properties: "anything",
  },
  "message",
  "ruleId",
  "locations",
  "partialFingerprints",
);
const driver = some({ name: text, version: text, informationUri: uri, rules: { each: rule } }, "name", "rules");
const sarifLog = some(
  {
    $schema: uri,
    version: /^2\.1\.0$/,
    runs: {
      each: some(
        {
          tool: some({ driver }, "driver"),
          automationDetails: some({ id: uri }, "id"),
          invocations: { each: some({ executionSuccessful: "boolean" }, "executionSuccessful") },
          columnKind: /^utf16CodeUnits$/,
          results: { each: result },
        },
        "tool",
        "results",
      ),
    },
  },
  "version",
  "runs",
);

function problems(value: unknown, shape: Shape, path: string): string[] {
  if (shape === "integer") return Number.isInteger(value) && (value as number) >= 0 ? [] : [path];
  if (shape === "boolean") return typeof value === "boolean" ? [] : [path];
  if (shape === "anything") return [];
  if (shape instanceof RegExp) return typeof value === "string" && shape.test(value) ? [] : [path];
  if ("each" in shape) {
    const list = Array.isArray(value) ? (value as unknown[]) : undefined;
    return list?.flatMap((each, index) => problems(each, shape.each, `${path}[${index}]`)) ?? [path];
  }
  if (typeof value !== "object" || value === null) return [path];
  const missing = shape.required.filter((name) => !(name in value)).map((name) => `${path}.${name} is missing`);
  const found = Object.entries(value).flatMap(([name, each]) => {
    const of = shape.fields[name];
    return of === undefined ? [`${path}.${name} is unknown`] : problems(each, of, `${path}.${name}`);
  });
  return [...missing, ...found];
}
