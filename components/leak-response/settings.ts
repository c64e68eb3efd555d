import * as v from "valibot";
import { iamRoleName, iamUserName, listOf, oneOf } from "../foundation/settings/checks";
import { controlSettings, disabled, enabled, group, setting } from "../foundation/settings/setting";

/** So many of each list fit into the inline policy of the response's role. */
const limits = { atMost: 15 };
const roles = listOf(iamRoleName, "a list of IAM role names", limits);

export const leakResponseSettings = controlSettings(
  "leakResponse",
  "What happens when AWS Health, GuardDuty or a quarantine says that somebody else has an access key.",
  v.pipe(
    group({
      enabled: enabled(),
      mode: setting(
        oneOf("notify", "contain"),
        "notify",
        "notify finds the owner and informs people. contain also deactivates the key (it never deletes it), if the source " +
          "confirms the leak. GuardDuty is sometimes mistaken; what relies on the key stops.",
      ),
      exemptUsers: setting(
        listOf(iamUserName, "a list of IAM user names", limits),
        [],
        "IAM users whose keys are only reported, at most 15.",
      ),
      exemptRoles: setting(roles, [], "IAM roles whose sessions are only reported, at most 15."),
      containRoles: setting(
        roles,
        [],
        "In contain: IAM roles that are denied everything, new sessions too, until somebody detaches AWSDenyAll; other roles " +
          "are only reported. What uses the role stops.",
      ),
      denyUser: disabled(
        "In contain: the owner of a leaked key is denied everything too, until somebody detaches AWSDenyAll.",
      ),
    }),
    v.forward(
      v.partialCheck(
        [["mode"], ["denyUser"]],
        ({ mode, denyUser }) => mode === "contain" || !denyUser,
        "false, since mode is notify, which changes nothing",
      ),
      ["denyUser"],
    ),
  ),
);
