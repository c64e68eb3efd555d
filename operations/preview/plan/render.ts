import { onOneLine } from "../../../common/printable";
import { table, wrap } from "../../../common/table";
import { harmless } from "../../../common/terminal";
import { code, COMMENT_ROOM, details, escapeMarkdown, fitting, markdownTable } from "../../output/markdown";
import { policiesAsMarkdown, policiesAsText } from "../../output/policies";
import { type Plan } from "./plan";
import { controlRows } from "../../output/whereabouts";

const heading = ["Control", "Resources", "Where"];

/** A plan for people, at 80 columns. */
export function planAsText(given: Plan, settingsFile: string): string {
  const plan = onOneLine(given);
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

/** A plan for a pull request: the table, the verdicts, and in a fold as many resources as a comment holds. */
export function planAsMarkdown(plan: Plan, settingsFile: string): string {
  const { summary, policies, resources } = plan;
  const rows = resources.map((each) => [each.control, each.region ?? "account", code(each.type), code(each.name)]);
  const text = [
    `### Plan with ${code(settingsFile)}`,
    "",
    `${summary.resources} resources, ${summary.protected} protected.`,
    "",
    markdownTable([heading, ...controlRows(resources)]),
    "",
    ...policiesAsMarkdown(policies),
    "",
    ...summary.notes.flatMap((note) => [`> ${escapeMarkdown(note)}`, ""]),
    details("Every resource", markdownTable([["Control", "Region", "Type", "Name"], ...rows])),
  ].join("\n");
  return fitting(text, COMMENT_ROOM, "_Cut here: a comment holds no more. `plan --json` has every resource._");
}
