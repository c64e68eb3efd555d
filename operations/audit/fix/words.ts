import { commandLines } from "../../../common/command";
import { wrap } from "../../../common/table";
import { type FixPlan, type FixResult } from "./model";
import { asCommand, undoing } from "./plan";

/** What would be done, at 80 columns. */
export function planAsText({ deeds, leftAlone }: FixPlan): string {
  return [
    deeds.length === 0 ? "There is nothing to fix." : `To fix: ${deeds.length}. Keys are set Inactive, never deleted.`,
    ...deeds.flatMap((deed) => [
      ...commandLines(asCommand(deed), 78).map((line) => `  ${line}`),
      ...wrap(deed.because, 74).map((line) => `    ${line}`),
    ]),
    ...leftAlone.map(({ resource, reason }) => `  left alone: ${resource}: ${reason}`),
  ].join("\n");
}

/** The same for scripts, each deed with its command and the way back. */
export function planAsJson({ deeds, leftAlone }: FixPlan): object {
  return { deeds: deeds.map((deed) => ({ ...deed, command: asCommand(deed), undo: undoing(deed) })), leftAlone };
}

/** What became of it, and how to take back what was done or may be done. */
export function resultsAsText(results: readonly FixResult[]): string {
  return results
    .flatMap(({ deed, outcome, reason }) => {
      const what =
        deed.kind === "deactivate-key" ? `${deed.user}, key ${deed.keyId}` : `${deed.user}, console password`;
      const [way = "", ...rest] = commandLines(undoing(deed), 67);
      const undo = outcome === "done" || outcome === "unknown" ? [`to undo: ${way}`, ...rest] : [];
      return [
        `  ${outcome.padEnd(10)}${what}`,
        ...[...wrap(reason, 74), ...undo].filter(Boolean).map((each) => `    ${each}`),
      ];
    })
    .join("\n");
}
