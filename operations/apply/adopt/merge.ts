import { type AdoptSettings } from "../../../components/foundation/settings/model";
import { type SurveyKind } from "../../account/survey/model";
import { type Decision, type Facts } from "./model";
import { resourceNames } from "./resource-names";

/** What is to change in the stack file: in the setting `adopt`, and whose account it is. Nothing where all are empty. */
export interface Changes {
  /** New or changed entries of `adopt.import`. */
  imports: Record<string, string>;
  /** New entries of `adopt.skip`. */
  skips: string[];
  /** Entries of `adopt.import` whose thing is gone, or which the program has no place for any more. */
  stale: string[];
  /** `aws:allowedAccountIds`, where the file does not have it: the AWS provider then refuses every other account. */
  allowedAccountIds?: string[];
}

/**
 * The setting `adopt` as the decisions want it. What stands there stays, so that names are kept; but for imports of what
 * is gone, with which the engine would refuse to go on.
 */
export function changesTo(current: AdoptSettings, decisions: Decision[], facts: Facts): Changes {
  const places = decisions.flatMap(({ action, as }) => (as ? [{ action, ...as }] : []));
  const imports = places.filter(({ action, resource, id }) => action === "import" && current.import[resource] !== id);
  const skips = decisions.flatMap(({ skip = [] }) => skip).filter((entry) => !covers(current.skip, entry));
  const stale = Object.entries(current.import).filter(
    ([resource, id]) =>
      !places.some((each) => each.resource === resource && each.id === id) &&
      !imports.some((each) => each.resource === resource) &&
      canTell(resource, id, facts),
  );
  return {
    imports: Object.fromEntries(imports.map(({ resource, id }) => [resource, id])),
    skips: [...new Set(skips)].filter((entry, _, all) => !all.includes(entry.split("@")[0]!) || !entry.includes("@")),
    stale: stale.map(([resource]) => resource),
  };
}

export function hasChanges({ imports, skips, stale, allowedAccountIds = [] }: Changes): boolean {
  return Object.keys(imports).length + skips.length + stale.length + allowedAccountIds.length > 0;
}

export function withChanges(current: AdoptSettings, { imports, skips, stale }: Changes): AdoptSettings {
  const kept = Object.entries(current.import).filter(([resource]) => !stale.includes(resource));
  return { import: { ...Object.fromEntries(kept), ...imports }, skip: [...current.skip, ...skips] };
}

function covers(skip: string[], entry: string): boolean {
  return skip.includes(entry) || skip.includes(entry.split("@")[0] ?? "");
}

const kinds: [name: string | ((region: string) => string), kind: SurveyKind][] = [
  [resourceNames.trail, "trails"],
  [resourceNames.passwordPolicy, "passwordPolicy"],
  [resourceNames.publicAccessBlock, "publicAccessBlock"],
  [resourceNames.configRole, "configRole"],
  [resourceNames.budget, "budgets"],
  [resourceNames.unusedAccessAnalyzer, "analyzers"],
  [resourceNames.detector, "detectors"],
  [resourceNames.recorder, "recorders"],
  [resourceNames.channel, "channels"],
  [resourceNames.analyzer, "analyzers"],
  [resourceNames.defaultSecurityGroup, "defaultSecurityGroups"],
];

/** Whether the survey looked where the thing would be. What people entered for other resources is theirs to judge. */
function canTell(resource: string, id: string, { survey, settings, leftovers, endpoints }: Facts): boolean {
  if (leftovers?.absent.includes(resource) || endpoints?.absent.includes(resource)) {
    return true;
  }
  const region = /@([a-z0-9-]+)$/.exec(id)?.[1];
  const [, kind] = kinds.find(([name]) => (typeof name === "string" ? name : name(region ?? "")) === resource) ?? [];
  if (kind === undefined) {
    return false;
  }
  if (region === undefined) {
    return !survey.problems.some((each) => each.kind === kind);
  }
  // What the baseline does not cover, its program does not have.
  return (
    settings.excludeRegions.includes(region) ||
    (survey.regions.includes(region) && !survey.problems.some((each) => each.kind === kind && each.region === region))
  );
}
