import { listOf, principalArn, valueAt } from "../foundation/settings/checks";
import { homeOf, itemsAt } from "../foundation/settings/places";
import { controlSettings, disabled, group, setting } from "../foundation/settings/setting";

export const supportRoleSettings = controlSettings(
  "supportRole",
  "Off: it grants something. Those who are named may take the role for AWS Support cases, with MFA.",
  group({
    enabled: disabled(),
    principals: setting(
      listOf(principalArn, "a list of ARNs of users, roles or accounts"),
      [],
      "ARNs of the users, roles or account roots that may take the role; none stands for everybody in the account whom " +
        "IAM lets.",
    ),
  }),
  (settings, tell) => {
    const home = homeOf(settings);
    for (const path of home ? itemsAt(settings, "supportRole", "principals") : []) {
      const arn = valueAt(settings, ...path);
      if (typeof arn === "string" && arn.startsWith("arn:") && !arn.startsWith(`arn:${home?.partition}:`)) {
        tell(
          path,
          `an ARN that begins with arn:${home?.partition}:, the partition in which homeRegion (${home?.region}) is`,
        );
      }
    }
  },
);
