import { iamRoleName, listOf } from "../foundation/settings/checks";
import { controlSettings, enabled, group, setting } from "../foundation/settings/setting";

export const iamAlertsSettings = controlSettings(
  "iamAlerts",
  "Alerts on changes to IAM, sign-ins, and attempts to stop detection.",
  group({
    enabled: enabled(),
    ignoredRoles: setting(
      listOf(iamRoleName, "a list of IAM role names"),
      [],
      "Names of IAM roles whose changes raise no alert, such as that of the deployment. What they do stays on record, but an " +
        "attacker who gets hold of such a role raises no alert either.",
    ),
  }),
);
