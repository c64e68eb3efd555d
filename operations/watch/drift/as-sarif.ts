import { baselineCommand } from "../../../common/command";
import { sarif, type SarifResult, type SarifRule } from "../../output/sarif";
import { type Severity, worst } from "../../output/severity";
import { type StackDrift } from "./look";
import { type DriftItem } from "./model";
import { byType, differencesOf, nameOf, titleOf, whoLines } from "./words";

/** A control as its rule tells of it. */
export interface ControlText {
  id: string;
  title: string;
  stops: string;
}

/**
 * The drift of one stack as SARIF 2.1.0: one run, one rule for each control, one result for each problem, none for what
 * is as it should be. A result keeps its fingerprint while resource, kind of change and properties are the same.
 *
 * @param prefix of the sources' paths in the repository, such as `infra/`
 * @returns JSON text
 */
export function driftAsSarif(
  report: StackDrift,
  controls: readonly ControlText[],
  version: string,
  prefix = "",
): string {
  const ids = [...new Set(report.items.map(ruleId))].sort();
  return sarif({
    tool: { name: "aws-prevention-baseline drift", version },
    // Code scanning takes what stands before the last slash for the category; each stack needs one of its own.
    automationId: `drift/${report.project}/${report.stack}/`,
    fingerprint: "driftResource/v1",
    rules: ids.map((id) => ruleOf(id, report.items, controls)),
    results: report.items.map((item) => resultOf(item, report, prefix)),
    ...(report.identity && { identity: report.identity }),
    successful: !report.items.some(({ state }) => state === "unknown"),
  });
}

function ruleId({ control, state, change }: DriftItem): string {
  const kind = state === "unknown" ? "unknown" : change === "unmanaged" ? "unmanaged" : "drift";
  return `${kind}/${control}`;
}

const kinds: Record<string, { says: (control: string) => string; help: string }> = {
  drift: {
    says: (control) => `${control} is not as the program says`,
    help: `Find out who changed it and why. Undo it with \`${baselineCommand("drift", [], { stack: "<stack>", fix: true })}\`, change the program, or accept it in drift.accepted.yaml with a reason and a date.`,
  },
  unmanaged: {
    says: (control) => `${control} has something beside it that the program does not manage`,
    help: "Find out who made it and why. Remove it, adopt it, or accept it in drift.accepted.yaml with a reason and a date.",
  },
  unknown: {
    says: (control) => `${control} could not be read`,
    help: "Nothing is known of it: give the role that looks for drift what it needs to read it, and look again.",
  },
};

function ruleOf(id: string, items: DriftItem[], controls: readonly ControlText[]): SarifRule {
  const [kind = "", control = ""] = id.split("/");
  const { title, stops } = controls.find((each) => each.id === control) ?? { title: control, stops: "" };
  const { says, help } = kinds[kind] ?? { says: () => id, help: "" };
  const severity: Severity =
    worst(items.filter((each) => ruleId(each) === id).map((each) => each.severity)) ?? "medium";
  const description = stops === "" ? `${title}.` : `${title}. Stops: ${stops}`;
  return { id, title: says(control), description, help, severity, tags: ["drift", control] };
}

function resultOf(item: DriftItem, { project, stack }: StackDrift, prefix: string): SarifResult {
  const at = item.at ?? { path: "index.ts" };
  const paths = item.differences.map(({ path }) => path).sort();
  return {
    ruleId: ruleId(item),
    severity: item.severity,
    ...(item.state === "unknown" && { kind: "open" as const }),
    message: messageOf(item),
    at: { uri: prefix + at.path, ...(at.line !== undefined && { line: at.line }) },
    resource: { name: item.name, fullName: item.urn },
    identity: [project, stack, item.urn, item.change ?? item.state, ...paths],
    properties: {
      control: item.control,
      severity: item.severity,
      ...(item.region && { region: item.region }),
      ...(item.changes && { changes: item.changes }),
    },
  };
}

function messageOf(item: DriftItem): string {
  const differences = differencesOf(item).map(
    ({ path, expected, found }) => `${path}: expected ${expected}, found ${found}`,
  );
  return [
    `${titleOf(item)}${item.means === undefined ? "" : `: ${item.means}`}.`,
    nameOf(item),
    ...differences,
    ...(item.consequences.length > 0 ? [`Gone with it: ${byType(item.consequences)}.`] : []),
    ...whoLines(item),
    ...(item.reason === undefined ? [] : [item.reason]),
  ].join("\n");
}
