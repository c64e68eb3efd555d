import * as v from "valibot";
import { listOf, regionName, text, wholeNumber } from "../foundation/settings/checks";
import { inCoveredRegions, itemsAt } from "../foundation/settings/places";
import { controlSettings, disabled, group, setting } from "../foundation/settings/setting";

const tagText = v.pipe(text(128), v.regex(/\S/, "a text that is not blank"));

/** The longest retention that a vault's lock lets in. @param locked days for which the lock was made */
export function longestLockedRetention(locked: number): number {
  return Math.min(36_500, locked + 365);
}

export const backupSettings = controlSettings(
  "backup",
  "Off: what to back up, and for how long, is a decision of its own.",
  v.pipe(
    group({
      enabled: disabled(),
      regions: setting(
        listOf(regionName, "a list of region names"),
        [],
        "Regions with a vault; none stands for the home region.",
      ),
      tagKey: setting(
        v.pipe(tagText, v.regex(/^(?!aws:)/i, "a tag name that does not begin with aws:")),
        "backup",
        "Name of the tag that resources (EBS volumes, RDS databases) bear which are backed up daily.",
      ),
      tagValue: setting(tagText, "daily", "Value of that tag."),
      retentionDays: setting(wholeNumber(1, 36500), 35, "Days until a backup expires."),
      complianceLockAfterDays: setting(
        v.pipe(
          wholeNumber(0, 36500),
          // AWS Backup: a compliance lock cannot begin before three days have passed.
          v.check((days) => days <= 0 || days >= 3, "3 days or more, or 0 for a governance lock"),
          v.metadata({ json: { not: { enum: [1, 2] } } }),
        ),
        0,
        "Days until nobody, not even root, can lift the lock any more; 0 = those with the right to can lift it.",
      ),
      lockRetentionDays: setting(
        wholeNumber(0, 36500),
        0,
        "The retentionDays for which the lock was made; 0 = those of now. Set it before you raise retentionDays, because a " +
          "final lock cannot be changed; it lets in a year more. The preview refuses another lock in place of one that " +
          "becomes final.",
      ),
    }),
    v.forward(
      v.partialCheck(
        [["retentionDays"], ["lockRetentionDays"]],
        ({ retentionDays, lockRetentionDays: locked }) =>
          locked === 0 || (retentionDays >= locked && retentionDays <= longestLockedRetention(locked)),
        "as many days as lockRetentionDays, or up to a year more: the lock lets in nothing else",
      ),
      ["retentionDays"],
    ),
  ),
  (settings, tell) => inCoveredRegions(settings, itemsAt(settings, "backup", "regions"), tell),
);
