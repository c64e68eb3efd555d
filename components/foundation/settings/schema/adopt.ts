import * as v from "valibot";
import { isRegionName } from "../../../../common/region-name";
import { listOf, text } from "../checks";
import { skippable } from "../skip";
import { group } from "./common";

const resourceName = v.pipe(
  v.string("the name of a resource in the program"),
  v.regex(/^[a-z0-9][\w-]{0,255}$/i, "the name of a resource in the program, such as baseline-password-policy-account"),
);

const importId = v.pipe(
  text(2048),
  v.regex(/^\S+$/, "the id of what exists, with @<region> behind it where it is regional"),
);

const controls = Object.keys(skippable);
const regional = controls.filter((control) => skippable[control]?.byRegion);

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
);

export const adopt = v.optional(
  group({
    import: v.optional(v.record(resourceName, importId, "a map of resource names to ids"), {}),
    skip: v.optional(listOf(skipped, "a list of controls"), []),
  }),
  {},
);
