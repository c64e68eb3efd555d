import { code, codeBlock, escapeMarkdown, markdownTable } from "../../output/markdown";
import { type Incident } from "./report-model";
import { stateSentences } from "../../evidence/state-words";
import { LEFT, NOTHING_LEFT, titleOf, wordsOf } from "./report-words";
import { type Removal } from "../sweep/removal";

/** The incident as Markdown, for a ticket or the support case. */
export function incidentAsMarkdown(incident: Incident): string {
  const { changes, steps, quiet, left, checklist, calls, verification } = incident;
  const rows = changes.map((each) => [
    each.time,
    each.step,
    code(each.call),
    escapeMarkdown(each.why),
    escapeMarkdown(each.reason === undefined ? each.state : `${each.state}: ${each.reason}`),
    code(each.by),
  ]);
  const done = (state: string) => (state === "open" ? "[ ]" : "[x]");
  const items = checklist.map(({ id, text, state, note }) => {
    const why = note === undefined ? "" : ` (${escapeMarkdown(note)})`;
    return `- ${done(state)} **${id}**: ${escapeMarkdown(text)}${why}`;
  });
  return [
    `# ${escapeMarkdown(titleOf(incident))}`,
    wordsOf(incident)
      .map(([name, value]) => `- **${name}**: ${escapeMarkdown(value)}`)
      .join("\n"),
    "## What was changed",
    rows.length > 0 ? markdownTable([["Time", "Step", "Call", "What for", "Outcome", "By"], ...rows]) : "Nothing.",
    ...steps.flatMap(({ step, time, text }) => [`## ${step}, ${time}`, codeBlock(text, "text")]),
    ...(quiet.length > 0
      ? ["## Runs that changed nothing", quiet.map(({ time, line }) => `- ${time}: ${escapeMarkdown(line)}`).join("\n")]
      : []),
    ...(left ? [`## What is left, ${left.time}`, ...leftParts(left.removals)] : []),
    ...(items.length > 0 ? ["## Checklist", items.join("\n")] : []),
    "## Evidence",
    stateSentences(verification)
      .map((each) => `- ${escapeMarkdown(each)}`)
      .join("\n"),
    markdownTable([
      ["Call", "Times", "Failed"],
      ...calls.map(({ call, times, failed }) => [code(call), String(times), String(failed)]),
    ]),
    "",
  ].join("\n\n");
}

function leftParts(removals: readonly Removal[]): string[] {
  return removals.length === 0
    ? [escapeMarkdown(NOTHING_LEFT)]
    : [
        escapeMarkdown(LEFT),
        ...removals.flatMap(({ what, commands }) => [
          `- ${escapeMarkdown(what)}:`,
          codeBlock(commands.join("\n"), "sh"),
        ]),
      ];
}
