import { escape, facts, htmlTable, list, page, section } from "../report/html";
import { type Incident } from "./report-model";
import { stateSentences } from "../evidence/state-words";
import { titleOf, wordsOf } from "./report-words";

/** The incident as one HTML page: no script, no network. */
export function incidentAsHtml(incident: Incident): string {
  const { changes, steps, checklist, calls, verification } = incident;
  const rows = changes.map((each) => [
    each.time,
    each.step,
    each.call,
    each.why,
    each.reason === undefined ? each.state : `${each.state}: ${each.reason}`,
    each.by,
  ]);
  const items = checklist.map(({ id, text, state, note }) => {
    const why = note === undefined ? "" : ` (${escape(note)})`;
    return `${state === "open" ? "☐" : "☑"} <strong>${escape(id)}</strong>: ${escape(text)}${why}`;
  });
  const title = titleOf(incident);
  return page(title, {
    header: `<h1>${escape(title)}</h1>\n${facts(wordsOf(incident))}`,
    main: [
      section(
        "What was changed",
        rows.length > 0
          ? htmlTable([["Time", "Step", "Call", "What for", "Outcome", "By"], ...rows])
          : "<p>Nothing.</p>",
      ),
      ...steps.map(({ step, time, text }) =>
        section(`${step}, ${time}`, `<div class="scroll"><pre>${escape(text)}</pre></div>`),
      ),
      ...(items.length > 0 ? [section("Checklist", list(items))] : []),
      section(
        "Calls",
        htmlTable([
          ["Call", "Times", "Failed"],
          ...calls.map(({ call, times, failed }) => [call, String(times), String(failed)]),
        ]),
      ),
    ].join("\n"),
    footer: stateSentences(verification).map(escape).join("<br>\n"),
  });
}
