import { commandLines } from "../../../../common/command";
import { wrap } from "../../../../common/table";
import { type FixPlan, type FixResult } from "./model";
import { asCommand, undoing } from "./plan";

/** What would be done, at 80 columns. */
export function planAsText({ deeds, leftAlone }: FixPlan): string {
  return [
    ...wrap(headlineOf(deeds), 80),
    ...deeds.flatMap((deed) => [
      ...commandLines(asCommand(deed), 78).map((line) => `  ${line}`),
      ...wrap(deed.because, 74).map((line) => `    ${line}`),
    ]),
    ...leftAlone.map(({ resource, reason }) => `  left alone: ${resource}: ${reason}`),
  ].join("\n");
}

/** What will be done, and what of it can be undone. */
function headlineOf(deeds: FixPlan["deeds"]): string {
  const keys = deeds.filter(({ kind }) => kind === "deactivate-key").length;
  const passwords = deeds.length - keys;
  const count = (number: number, what: string) => `${number} ${what}${number === 1 ? " is" : "s are"}`;
  return [
    deeds.length === 0 ? "There is nothing to fix." : `To fix: ${deeds.length}.`,
    ...(keys > 0 ? [`${count(keys, "access key")} set Inactive, which can be undone; none is deleted.`] : []),
    ...(passwords > 0
      ? [`${count(passwords, "console password")} DELETED, which cannot be undone: only a new one can be set.`]
      : []),
  ].join(" ");
}

/** How far a fix came, for whoever reads an audit that was made before it. */
export function fixedSince(results: readonly FixResult[]): string {
  const done = results.filter(({ outcome }) => outcome === "done").length;
  return `This audit was made before the fix, and lists what the fix changed as it was then: ${done} of ${results.length} call(s) done.`;
}

/** What became of one deed, in a line. */
export function resultLine({ deed, outcome }: FixResult): string {
  const what = deed.kind === "deactivate-key" ? `${deed.user}, key ${deed.keyId}` : `${deed.user}, console password`;
  return `  ${outcome.padEnd(10)}${what}`;
}

/** The same for scripts, each deed with its command and the way back. */
export function planAsJson({ deeds, leftAlone }: FixPlan): object {
  return { deeds: deeds.map((deed) => ({ ...deed, command: asCommand(deed), undo: undoing(deed) })), leftAlone };
}

/** What became of it, and how to take back what was done or may be done. */
export function resultsAsText(results: readonly FixResult[]): string {
  return results
    .flatMap((result) => {
      const { deed, outcome, reason } = result;
      const [way = "", ...rest] = commandLines(undoing(deed), 62);
      const how = deed.kind === "deactivate-key" ? "to undo" : "a new password";
      const undo = outcome === "done" || outcome === "unknown" ? [`${how}: ${way}`, ...rest] : [];
      return [resultLine(result), ...[...wrap(reason, 74), ...undo].filter(Boolean).map((each) => `    ${each}`)];
    })
    .join("\n");
}
