import { table, wrap } from "../../common/table";
import { type Plan, type PolicyVerdict } from "./plan";
import { controlRows } from "./whereabouts";

/** A plan for people, at 80 columns. */
export function planAsText(plan: Plan, settingsFile: string): string {
  const { summary, policies } = plan;
  const where = Object.keys(summary.regions).filter((name) => name !== "account");
  return [
    `Plan with ${settingsFile}: ${summary.resources} resources in ${where.length} region(s), ${summary.protected} protected`,
    "",
    table([["Control", "Resources", "Where"], ...controlRows(plan.resources)]),
    "",
    ...verdictLines(policies),
    "",
    ...summary.notes.flatMap((note) => wrap(note, 78)),
  ].join("\n");
}

/** A plan for a pull request: the table, the verdicts, every resource in a fold. */
export function planAsMarkdown(plan: Plan, settingsFile: string): string {
  const { summary, policies, resources } = plan;
  return [
    `### Plan with \`${settingsFile}\``,
    "",
    `${summary.resources} resources, ${summary.protected} protected.`,
    "",
    markdownTable(["Control", "Resources", "Where"], controlRows(resources)),
    "",
    policies.length === 0 ? "**Policies:** no violation." : `**Policies:** ${verdictCount(policies)}.`,
    ...policies.map(
      (each) =>
        `- **${each.level}** \`${each.policy}\` on \`${each.resource}\`: ${each.message.replaceAll("\n", "<br>")}`,
    ),
    "",
    "<details><summary>Every resource</summary>",
    "",
    markdownTable(
      ["Control", "Region", "Type", "Name"],
      resources.map((each) => [each.control, each.region ?? "account", `\`${each.type}\``, `\`${each.name}\``]),
    ),
    "",
    "</details>",
    "",
    ...summary.notes.map((note) => `> ${note}`),
  ].join("\n");
}

function verdictLines(policies: PolicyVerdict[]): string[] {
  if (policies.length === 0) {
    return ["Policies: no violation"];
  }
  return [
    `Policies: ${verdictCount(policies)}`,
    ...policies.flatMap(({ level, policy, resource, message }) => [
      `  ${level} ${policy}: ${resource}`,
      ...message.split("\n").flatMap((line) => wrap(line, 74).map((part) => `    ${part}`)),
    ]),
  ];
}

function verdictCount(policies: PolicyVerdict[]): string {
  const mandatory = policies.filter(({ level }) => level === "mandatory").length;
  return `${mandatory} mandatory, ${policies.length - mandatory} advisory`;
}

function markdownTable(heading: string[], rows: string[][]): string {
  return [heading, heading.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
}
