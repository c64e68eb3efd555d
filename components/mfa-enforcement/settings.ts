import * as v from "valibot";
import { iamGroupName, iamUserName, listOf } from "../foundation/settings/checks";
import { controlSettings, enabled, group, setting } from "../foundation/settings/setting";

/** Stands for every IAM user of the account, in `mfaEnforcement.users`. */
export const ALL_HUMAN_USERS = "all-human-users";

// Source: IAM User Guide, "IAM and AWS STS quotas": users in an account.
const everybody = { atMost: 5000 };

export const mfaEnforcementSettings = controlSettings(
  "mfaEnforcement",
  "IAM users who can do nothing without MFA but sign in and enrol a device.",
  v.pipe(
    group({
      enabled: enabled(),
      users: setting(
        listOf(iamUserName, "a list of IAM user names", everybody),
        [ALL_HUMAN_USERS],
        "IAM users to cover; all-human-users stands for every user of the account, found at run time.",
      ),
      groups: setting(
        listOf(iamGroupName, "a list of IAM group names"),
        [],
        "Existing IAM groups that get the policy too.",
      ),
      exemptUsers: setting(
        listOf(iamUserName, "a list of IAM user names", everybody),
        [],
        "IAM users left out of all-human-users, such as those of automation that cannot have MFA. Better: give the " +
          "automation a role, and delete its user.",
      ),
    }),
    v.forward(
      v.partialCheck(
        [["enabled"], ["users"], ["groups"]],
        ({ enabled, users, groups }) => !enabled || users.length + groups.length > 0,
        "one user or more, since groups names none either; or switch mfaEnforcement off with enabled: false",
      ),
      ["users"],
    ),
  ),
);
