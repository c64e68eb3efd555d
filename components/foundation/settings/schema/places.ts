import * as v from "valibot";
import { partitionOf } from "../../partition";
import { isRegionName } from "../../../../common/region-name";
import { isSupported, pathTo, valueAt } from "../checks";

type Path = [string, ...(string | number)[]];

/**
 * An account is in one partition, that of its home region, and what a control is to do in a region it can do only where
 * the baseline is. Told for each part that is well typed, whatever the others are.
 */
export function placesThatFit<Settings>() {
  return v.rawCheck<Settings>(({ dataset: { value: settings }, addIssue }) => {
    const tell = (path: Path, message: string) => {
      addIssue({ message, path: pathTo(settings, ...path) });
    };
    const home = valueAt(settings, "homeRegion");
    const backups = items(settings, "backup", "regions");
    const vpcs = items(settings, "ssmEndpoints", "vpcs").map((path): Path => [...path, "region"]);
    if (isRegion(home) && isSupported(home)) {
      const partition = partitionOf(home);
      for (const path of [...items(settings, "excludeRegions"), ...backups, ...vpcs]) {
        const region = valueAt(settings, ...path);
        if (isRegion(region) && partitionOf(region) !== partition) {
          tell(path, `a region of the partition ${partition}, in which homeRegion (${home}) is`);
        }
      }
      for (const path of partition === "aws" ? [] : [chat("slack"), chat("teams")]) {
        if (items(settings, ...path).length > 0) {
          tell(path, `none, since Amazon Q Developer in chat applications is not in the partition ${partition}`);
        }
      }
      for (const path of items(settings, "supportRole", "principals")) {
        const arn = valueAt(settings, ...path);
        if (typeof arn === "string" && arn.startsWith("arn:") && !arn.startsWith(`arn:${partition}:`)) {
          tell(path, `an ARN that begins with arn:${partition}:, the partition in which homeRegion (${home}) is`);
        }
      }
    }
    const excluded = items(settings, "excludeRegions").map((path) => valueAt(settings, ...path));
    for (const path of [...backups, ...vpcs]) {
      const region = valueAt(settings, ...path);
      if (isRegion(region) && excluded.includes(region)) {
        tell(path, "a region that excludeRegions does not list");
      }
    }
  });
}

function chat(kind: string): Path {
  return ["alertChannel", kind];
}

function isRegion(value: unknown): value is string {
  return typeof value === "string" && isRegionName(value);
}

/** The paths to the items of the list at `path`; none where there is no list. */
function items(settings: unknown, ...path: Path): Path[] {
  const list = valueAt(settings, ...path);
  return Array.isArray(list) ? list.map((_, index): Path => [...path, index]) : [];
}
