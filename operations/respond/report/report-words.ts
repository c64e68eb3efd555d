import { identityRows } from "../../../aws/identity";
import { type WriteState } from "../../../aws/write-state";
import { type Incident } from "./report-model";

export function titleOf({ subject, from }: Incident): string {
  const who = subject ? `${subject.kind} ${subject.name}` : "an unknown identity";
  return `Incident of ${who}${from === undefined ? "" : `, ${from.slice(0, 10)}`}`;
}

/** What one wants to know first. Values are text. */
export function wordsOf({
  subject,
  from,
  to,
  contained,
  containedBut,
  callers,
  changes,
  identity,
}: Incident): [name: string, value: string][] {
  const count = (wanted: WriteState) => changes.filter(({ state }) => state === wanted).length;
  return [
    ...(identity ? identityRows(identity) : []),
    ...(subject?.key === undefined ? [] : ([["Key", subject.key]] as [string, string][])),
    ...(subject?.session === undefined ? [] : ([["Session", subject.session]] as [string, string][])),
    ["Response begun", from ?? "no evidence"],
    ["Contained", `${contained ?? "no"}${containedBut === undefined ? "" : `, ${containedBut}: see what was changed`}`],
    ["Last entry", to ?? "no evidence"],
    ["Changes", `${count("done")} made, ${count("failed")} failed, ${count("unknown")} unknown`],
    ["By", callers.join(", ") || "unknown"],
  ];
}

export const NOTHING_LEFT = "The last sweep found nothing that it made and that could still be looked up.";
export const LEFT = "What the last sweep found, and the commands that close or remove it, in an order that works:";
