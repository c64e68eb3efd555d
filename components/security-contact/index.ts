import { control, ControlScope } from "../foundation/control";
import { gone } from "../foundation/drift";
import { SecurityContact } from "./security-contact";
import { securityContactSettings } from "./settings";

export const securityContact = control({
  id: "SecurityContact",
  title: "AWS knows whom to call about security",
  scope: ControlScope.account,
  stops: "AWS's own warning of a leaked key unread in a mailbox that nobody opens.",
  answers: ["CIS 5.0 1.2", "CIS 7.0 2.3", "Security Hub Account.1", "Config SECURITY_ACCOUNT_INFORMATION_PROVIDED"],
  cost: "free",
  settings: securityContactSettings,
  place: ({ name, settings, child }) => {
    new SecurityContact(name, settings.securityContact, child);
  },
  drift: [gone("AlternativeContact", "medium", "AWS warns nobody but root's mailbox")],
});
