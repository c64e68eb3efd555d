import { identityRows } from "../../../aws/identity";
import { type WriteState } from "../../../aws/write-state";
import { stateSentences } from "../../evidence/state-words";
import { type Block, type Report } from "../../output/report";
import { type Incident, type ReportedChange } from "./report-model";

/** The incident, for a ticket, the support case and people. */
export function incidentAsReport(incident: Incident): Report {
  const { subject, from, changes, steps, quiet, left, checklist, calls, verification } = incident;
  const who = subject ? `${subject.kind} ${subject.name}` : "an unknown identity";
  return {
    title: `Incident of ${who}${from === undefined ? "" : `, ${from.slice(0, 10)}`}`,
    summary: [],
    facts: factsOf(incident),
    sections: [
      {
        title: "What was changed",
        blocks: [changes.length > 0 ? { table: changeTable(changes) } : { text: "Nothing." }],
      },
      ...steps.map(({ step, time, text }) => ({
        title: `${step}, ${time}`,
        blocks: [{ listing: text, language: "text" }],
      })),
      { title: "Runs that changed nothing", blocks: [{ list: quiet.map(({ time, line }) => `${time}: ${line}`) }] },
      ...(left ? [{ title: `What is left, ${left.time}`, blocks: leftBlocks(left.removals) }] : []),
      {
        title: "Checklist",
        blocks: [
          {
            tasks: checklist.map(({ id, text, state, note }) => ({
              name: id,
              text: note === undefined ? text : `${text} (${note})`,
              isDone: state !== "open",
            })),
          },
        ],
      },
      {
        title: "Calls",
        blocks: [
          {
            table: [
              ["Call", "Times", "Failed"],
              ...calls.map(({ call, times, failed }) => [{ code: call }, String(times), String(failed)]),
            ],
          },
        ],
      },
      { title: "Evidence", blocks: [{ list: stateSentences(verification) }] },
    ],
    isWhole: true,
  };
}

/** What one wants to know first. */
function factsOf(incident: Incident): [name: string, value: string][] {
  const { subject, from, to, contained, containedBut, callers, changes, identity } = incident;
  const count = (wanted: WriteState) => changes.filter(({ state }) => state === wanted).length;
  const given = (name: string, value: string | undefined): [string, string][] =>
    value === undefined ? [] : [[name, value]];
  return [
    ...(identity ? identityRows(identity) : []),
    ...given("Key", subject?.key),
    ...given("Session", subject?.session),
    ["Response begun", from ?? "no evidence"],
    ["Contained", `${contained ?? "no"}${containedBut === undefined ? "" : `, ${containedBut}: see what was changed`}`],
    ["Last entry", to ?? "no evidence"],
    ["Changes", `${count("done")} made, ${count("failed")} failed, ${count("unknown")} unknown`],
    ["By", callers.join(", ") || "unknown"],
  ];
}

function changeTable(changes: readonly ReportedChange[]): (string | { code: string })[][] {
  const rows = changes.map(({ time, step, call, why, state, reason, by }) => {
    const outcome = reason === undefined ? state : `${state}: ${reason}`;
    return [time, step, { code: call }, why, outcome, { code: by }];
  });
  return [["Time", "Step", "Call", "What for", "Outcome", "By"], ...rows];
}

function leftBlocks(removals: NonNullable<Incident["left"]>["removals"]): Block[] {
  return removals.length === 0
    ? [{ text: "The last sweep found nothing that it made and that could still be looked up." }]
    : [
        { text: "What the last sweep found, and the commands that close or remove it, in an order that works:" },
        ...removals.flatMap(({ what, commands }): Block[] => [
          { list: [`${what}:`] },
          { listing: commands.join("\n"), language: "sh" },
        ]),
      ];
}
