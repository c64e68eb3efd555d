import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../../common/package-root";

const manifest = JSON.parse(readFileSync(join(packageRoot(), "package.json"), "utf8")) as {
  name: string;
  version: string;
};

/** The baseline's own tags, by which an operator finds in the console what made a resource, and why. */
export const ownTags = {
  project: "baseline:project",
  control: "baseline:control",
  version: "baseline:version",
} as const;

export const projectName = manifest.name;

/**
 * The tags of everything a control makes.
 *
 * @param control class of the control, such as `AuditTrail`
 * @param chosen tags from the settings, which cannot begin with `baseline:`
 */
export function controlTags(control: string, chosen: Record<string, string>): Record<string, string> {
  return {
    ...chosen,
    [ownTags.project]: projectName,
    [ownTags.control]: control,
    [ownTags.version]: manifest.version,
  };
}
