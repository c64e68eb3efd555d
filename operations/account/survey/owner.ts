import { ownTags, projectName } from "../../../components/foundation/tags";
import { type Tags } from "./model";

/** Who made a thing: this baseline, the account's organization, AWS Control Tower, or somebody else. */
export type Owner = "ours" | "organization" | "control-tower" | "theirs";

/** Whether the baseline's own tags are on it. They say nothing of what takes no tags, or was taken over untouched. */
export function bearsOurTags(tags: Tags): boolean {
  return tags[ownTags.project] === projectName;
}

/**
 * Names that AWS Control Tower gives what it makes in an account: the trail, the recorder, the delivery channel.
 *
 * Source: AWS Control Tower User Guide, "Resource identifiers".
 */
export function isControlTowers(name: string): boolean {
  return /^aws-controltower-/.test(name);
}

/** Whether AWS Control Tower governs the account, by what it has put there. */
export function underControlTower(survey: {
  controlTowerRoles: string[];
  trails: { name: string }[];
  recorders: { name: string }[];
}): boolean {
  return (
    survey.controlTowerRoles.length > 0 ||
    [...survey.trails, ...survey.recorders].some(({ name }) => isControlTowers(name))
  );
}
