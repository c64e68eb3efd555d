import { code, codeBlock, escapeMarkdown, markdownTable } from "../report/markdown";
import { type Incident } from "./report-model";
import { stateSentences } from "../evidence/state-words";
import { titleOf, wordsOf } from "./report-words";

/** The incident as Markdown, for a ticket or the support case. */
export function incidentAsMarkdown(incident: Incident): string {
  const { changes, steps, checklist, calls, verification } = incident;
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
