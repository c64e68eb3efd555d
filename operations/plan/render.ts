import { table, wrap } from "../../common/table";
import { harmless } from "../../common/terminal";
import { code, details, escapeMarkdown, markdownTable } from "../report/markdown";
import { policiesAsMarkdown, policiesAsText } from "../report/policies";
import { type Plan } from "./plan";
import { controlRows } from "./whereabouts";

const heading = ["Control", "Resources", "Where"];

/** A plan for people, at 80 columns. */
export function planAsText(plan: Plan, settingsFile: string): string {
  const { summary, policies } = plan;
  const where = Object.keys(summary.regions).filter((name) => name !== "account");
  return harmless(
    [
      `Plan with ${settingsFile}: ${summary.resources} resources in ${where.length} region(s), ${summary.protected} protected`,
      "",
      table([heading, ...controlRows(plan.resources)]),
      "",
      ...policiesAsText(policies),
      "",
      ...summary.notes.flatMap((note) => wrap(note, 78)),
    ].join("\n"),
  );
}

/** A plan for a pull request: the table, the verdicts, every resource in a fold. */
export function planAsMarkdown(plan: Plan, settingsFile: string): string {
  const { summary, policies, resources } = plan;
  const rows = resources.map((each) => [each.control, each.region ?? "account", code(each.type), code(each.name)]);
  return [
    `### Plan with ${code(settingsFile)}`,
    "",
    `${summary.resources} resources, ${summary.protected} protected.`,
    "",
    markdownTable([heading, ...controlRows(resources)]),
    "",
    ...policiesAsMarkdown(policies),
    "",
    details("Every resource", markdownTable([["Control", "Region", "Type", "Name"], ...rows])),
    "",
    ...summary.notes.map((note) => `> ${escapeMarkdown(note)}`),
  ].join("\n");
}
