import { isRegionName } from "../../../common/region-name";
import { partitionOf } from "../partition";
import { isSupported, valueAt } from "./checks";
import { type Tell } from "./setting";

export type SettingPath = (string | number)[];

/** The paths to the items of the list at `path`; none where there is no list. */
export function itemsAt(settings: unknown, ...path: SettingPath): SettingPath[] {
  const list = valueAt(settings, ...path);
  return Array.isArray(list) ? list.map((_, index): SettingPath => [...path, index]) : [];
}

/** The home region and its partition; undefined where the setting is wrong, which is said elsewhere. */
export function homeOf(settings: unknown): { region: string; partition: string } | undefined {
  const region = valueAt(settings, "homeRegion");
  return isRegion(region) && isSupported(region) ? { region, partition: partitionOf(region) } : undefined;
}

/** An account is in one partition, that of its home region. */
export function inPartition(settings: unknown, paths: SettingPath[], tell: Tell): void {
  const home = homeOf(settings);
  for (const path of home ? paths : []) {
    const region = valueAt(settings, ...path);
    if (isRegion(region) && partitionOf(region) !== home?.partition) {
      tell(path, `a region of the partition ${home?.partition}, in which homeRegion (${home?.region}) is`);
    }
  }
}

/** What a control is to do in a region it can do only where the baseline is. */
export function inCoveredRegions(settings: unknown, paths: SettingPath[], tell: Tell): void {
  inPartition(settings, paths, tell);
  const excluded = itemsAt(settings, "excludeRegions").map((path) => valueAt(settings, ...path));
  for (const path of paths) {
    const region = valueAt(settings, ...path);
    if (isRegion(region) && excluded.includes(region)) {
      tell(path, "a region that excludeRegions does not list");
    }
  }
}

function isRegion(value: unknown): value is string {
  return typeof value === "string" && isRegionName(value);
}
