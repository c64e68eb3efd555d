import { readRegular } from "../../../common/regular-file";
import { YamlPlaces } from "../../../common/yaml-places";
import { type Where } from "./problem";

/**
 * Where settings stand in a stack file, as `Pulumi.prod.yaml:12`. The file is read when it is first asked for; where it
 * cannot be read, nothing is known.
 *
 * @param project name of the Pulumi project, under which the settings stand
 */
export function stackFilePlaces(path: string, project: string): Where {
  let places: YamlPlaces | undefined;
  return ([first = "", ...rest]) => {
    try {
      places ??= YamlPlaces.of(path, readRegular(path));
    } catch {
      return undefined;
    }
    const { document } = places;
    const key = settingKeys(project, String(first)).find((each) => document.hasIn(["config", each]));
    return places.where(key === undefined ? ["config"] : ["config", key, ...rest]);
  };
}

/** The keys under which a map of settings may have one. Pulumi takes the older `aws:config:region` for `aws:region`. */
export function settingKeys(project: string, name: string): string[] {
  const full = name.includes(":") ? name : `${project}:${name}`;
  const older = (key: string) => key.replace(":", ":config:");
  const fallback = name === "homeRegion" ? ["aws:region", "aws:config:region"] : [];
  return [full, older(full), name, ...fallback];
}
