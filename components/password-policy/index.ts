import { control, ControlScope } from "../foundation/control";
import { changed, gone } from "../foundation/drift";
import { PasswordPolicy } from "./password-policy";
import { passwordPolicySettings } from "./settings";

export const passwordPolicy = control({
  id: "PasswordPolicy",
  title: "Long, fresh passwords for IAM users",
  scope: ControlScope.account,
  stops: "Guessing, or trying a password leaked elsewhere, at the console sign-in.",
  answers: [
    "CIS 5.0 1.7",
    "CIS 5.0 1.8",
    "CIS 7.0 2.8",
    "CIS 7.0 2.9",
    "Security Hub IAM.7",
    "Security Hub IAM.15",
    "Security Hub IAM.16",
    "Config IAM_PASSWORD_POLICY",
  ],
  cost: "free",
  settings: passwordPolicySettings,
  place: ({ name, settings, child }) => {
    new PasswordPolicy(name, settings.passwordPolicy, child);
  },
  drift: [
    gone("AccountPasswordPolicy", "high", "any password will do"),
    changed("AccountPasswordPolicy", "high", "weaker passwords will do"),
  ],
});
