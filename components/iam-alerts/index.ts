import { alertChannel } from "../alert-channel";
import { control, ControlScope } from "../foundation/control";
import { globalRegion } from "../foundation/partition";
import { placementOf } from "../foundation/placement";
import { IamAlerts } from "./iam-alerts";
import { iamAlertsSettings } from "./settings";

export const iamAlerts = control({
  id: "IamAlerts",
  title: "Changes to IAM, risky sign-ins and attempts to stop detection reach a person, with who and from where",
  scope: ControlScope.everyRegion,
  stops:
    "A thief who makes a second key, a user or a login to stay, gains rights, or turns off what watches; and AWS's own word that a key has leaked, unread.",
  answers: [],
  cost: "free (events of AWS services, forwarded within the account, at a dollar per million)",
  settings: iamAlertsSettings,
  alertRegions: ({ partition }) => ({ rules: [globalRegion(partition)] }),
  place: ({ settings, account: { regions }, ...at }) => {
    const where = { regions, globalRegion: globalRegion(at.partition) };
    const reported = { route: at.placed(alertChannel)!.route(), quarantineAnswered: settings.leakResponse.enabled };
    new IamAlerts(at.name, { ...placementOf(at), ...settings.iamAlerts, ...where, ...reported }, at.child);
  },
  drift: [],
});
