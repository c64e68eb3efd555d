import { wrap } from "../../common/table";
import { presentable } from "../../common/pulumi-values";
import { type DriftItem, type DriftReport } from "./model";

/** A drift report for people, at 80 columns. Secrets show as `[secret]`. */
export function driftAsText(report: DriftReport): string {
  const drifted = report.items.filter(({ state }) => state === "drifted").length;
  const unknown = report.items.length - drifted;
  const headline = {
    clean: `Clean: all ${report.checked} resources are as the program says.`,
    drifted: `Drift: ${drifted} of ${report.checked} resources are not as the program says.`,
    unknown: `Unknown: ${unknown} of ${report.checked} resources could not be read; the rest is as the program says.`,
  }[report.state];
  const doubt = report.state === "drifted" && unknown > 0 ? [`${unknown} more could not be read.`] : [];
  return [headline, ...doubt, ...report.items.flatMap((each) => ["", ...itemLines(each)])].join("\n");
}

function itemLines(item: DriftItem): string[] {
  const place = item.region ?? "account";
  return [
    `${item.control}, ${place}: ${item.type.split(":").at(-1)} ${item.state === "unknown" ? "could not be read" : item.change}`,
    `  ${item.name} (${item.id})`,
    ...item.differences.flatMap(({ path, expected, found }) => [
      `  ${path}: expected ${shown(expected)}, found ${shown(found)}`,
    ]),
    ...(item.consequences.length > 0 ? [`  gone with it: ${byType(item.consequences)}`] : []),
    ...(item.reason ? wrap(item.reason, 76).map((line) => `  ${line}`) : []),
  ];
}

// "6 DetectorFeature, 1 BucketPolicy": the names stand in the other formats.
function byType(consequences: DriftItem["consequences"]): string {
  const types = consequences.map(({ type }) => type.split(":").at(-1) ?? type);
  return [...new Set(types)].map((type) => `${types.filter((each) => each === type).length} ${type}`).join(", ");
}

function shown(value: unknown): string {
  const text = value === undefined ? "nothing" : JSON.stringify(presentable(value));
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}
