import { controlRows } from "../../output/whereabouts";
import { type Change, operations } from "./model";

/** One row for each control that changes: its class, what happens to how many of its resources, and where. */
export function changeRows(changes: Change[]): [control: string, changes: string, where: string][] {
  return controlRows(changes).map(([control, , where]) => {
    const own = changes.filter((each) => each.control === control);
    const words = operations.flatMap((op) => {
      const number = own.filter((each) => each.op === op).length;
      return number === 0 ? [] : [`${number} ${op}`];
    });
    return [control, words.join(", "), where];
  });
}

/** Said above the changes that `administratorChanges` lists. */
export const administratorSentence =
  'CI\'s apply role is refused these changes. Run the update as an administrator: docs/ci.md, "What is left to an administrator".';

/** What CI's apply role is refused. */
export function administratorChanges(changes: Change[]): Change[] {
  return changes.filter(({ forAdministrator }) => forAdministrator);
}

/** What an update takes away, even if only for a moment: what a reviewer must not miss. */
export function taken(changes: Change[]): Change[] {
  return changes.filter(({ op }) => op === "delete" || op === "replace");
}
