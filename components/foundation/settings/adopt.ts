import * as v from "valibot";
import { isRegionName, regionPattern } from "../../../common/region-name";
import { listOf, text } from "./checks";
import { controlSettings, group, setting } from "./setting";
import { type Skippable } from "./skip";

const resourceName = v.pipe(
  v.string("the name of a resource in the program"),
  v.regex(
    /^[a-zA-Z0-9][\w-]{0,255}$/,
    "the name of a resource in the program, such as baseline-password-policy-account",
  ),
);

const importId = v.pipe(
  text(2048),
  v.regex(/^\S+$/, "the id of what exists, with @<region> behind it where it is regional"),
);

/** What the account had before the baseline came. @param skippable the controls that can be left out */
export function adoptSettings(skippable: Skippable) {
  const controls = Object.keys(skippable);
  const regional = controls.filter((control) => skippable[control]?.byRegion);
  const region = regionPattern.source.slice(1, -1);
  const skipped = v.pipe(
    v.string("a control, or control@region"),
    v.check(
      (entry) => controls.includes(entry.split("@")[0] ?? ""),
      `a control that can be left out: ${controls.join(", ")}`,
    ),
    v.check(
      (entry) => {
        const [control = "", ...region] = entry.split("@");
        return !controls.includes(control) || region.length === 0 || regional.includes(control);
      },
      `the control without a region; single regions can be left out of ${regional.join(", ")}`,
    ),
    v.check((entry) => {
      const [control = "", ...region] = entry.split("@");
      return !regional.includes(control) || region.length === 0 || isRegionName(region.join("@"));
    }, "an AWS region behind the @, such as ThreatDetection@eu-west-1"),
    v.metadata({ json: { pattern: `^(?:${controls.join("|")}|(?:${regional.join("|")})@${region})$` } }),
  );
  return controlSettings(
    "adopt",
    // A command for the settings file, where nothing is put into it.
    // eslint-disable-next-line output/commands-from-builder
    "What the account had before. `npm run adopt -- --stack <stack>` reads the account and writes this.",
    group({
      import: setting(
        v.record(resourceName, importId, "a map of resource names to ids"),
        {},
        "Ids of what exists already and is taken over, by the name of the resource in the program (id@region where it is " +
          "regional). The next `pulumi up` changes it to what the baseline says. Leave the entries: later they only keep " +
          "the names.",
        { sample: { "baseline-config-recording-recorder-us-east-1": "default@us-east-1" } },
      ),
      skip: setting(
        listOf(skipped, "a list of controls"),
        [],
        "Controls that are left out, in one region or everywhere, as Control@region or Control.",
        { sample: ["ThreatDetection@eu-west-1", "ConfigRecording"] },
      ),
    }),
  );
}
