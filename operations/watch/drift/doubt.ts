import { grouped } from "../../../common/grouped";
import { type SurveyProblem } from "../../account/survey/model";
import { type DriftItem } from "./model";

/** An item for what could not be looked at, which is neither drift nor its absence. */
export function doubt(about: Pick<DriftItem, "control" | "type" | "name" | "id" | "region" | "reason">): DriftItem {
  return { state: "unknown", severity: "medium", urn: about.name, differences: [], consequences: [], ...about };
}

/** One item for each kind of thing and cause, however many regions share it. @param of the control and type of a kind */
export function doubtsOn<Kind extends string>(
  problems: readonly SurveyProblem<Kind>[],
  of: (kind: Kind) => Pick<DriftItem, "control" | "type">,
): DriftItem[] {
  const groups = grouped(problems, ({ kind, cause, action }) => `${kind} ${cause} ${action}`);
  return [...groups.values()].flatMap((group) => {
    const regions = [...new Set(group.map(({ region }) => region))];
    const more = regions.length > 1 ? ` The same in ${regions.length - 1} more regions.` : "";
    return group.slice(0, 1).map(({ kind, reason, region }) => {
      const where = { name: `${kind} beside the program`, id: regions.join(", ") };
      return doubt({ ...of(kind), ...where, ...(regions.length === 1 && { region }), reason: `${reason}${more}` });
    });
  });
}
