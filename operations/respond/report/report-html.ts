import { escape, facts, htmlTable, list, page, section } from "../../output/html";
import { type Incident } from "./report-model";
import { stateSentences } from "../../evidence/state-words";
import { LEFT, NOTHING_LEFT, titleOf, wordsOf } from "./report-words";

/** The incident as one HTML page: no script, no network. */
export function incidentAsHtml(incident: Incident): string {
  const { changes, steps, quiet, left, checklist, calls, verification } = incident;
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
      ...steps.map(({ step, time, text }) => section(`${step}, ${time}`, pre(text))),
      ...(quiet.length > 0
        ? [
            section(
              "Runs that changed nothing",
              list(quiet.map(({ time, line }) => `${escape(time)}: ${escape(line)}`)),
            ),
          ]
        : []),
      ...(left
        ? [
            section(
              `What is left, ${left.time}`,
              left.removals.length === 0
                ? `<p>${escape(NOTHING_LEFT)}</p>`
                : `<p>${escape(LEFT)}</p>` +
                    list(left.removals.map(({ what, commands }) => `${escape(what)}${pre(commands.join("\n"))}`)),
            ),
          ]
        : []),
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

function pre(text: string): string {
  return `<div class="scroll"><pre>${escape(text)}</pre></div>`;
}
