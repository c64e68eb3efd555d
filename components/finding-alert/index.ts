import { alertChannel } from "../alert-channel";
import { control, ControlScope } from "../foundation/control";
import { placementOf } from "../foundation/placement";
import { threatDetectionSettings } from "../threat-detection/settings";
import { FindingAlert } from "./finding-alert";

export const findingAlert = control({
  id: "FindingAlert",
  title: "GuardDuty findings of every region reach a person",
  scope: ControlScope.everyRegion,
  stops: "A finding that sits in the console of a region nobody opens.",
  answers: [],
  cost: "free (events of AWS services, forwarded within the account, at a dollar per million)",
  settings: threatDetectionSettings,
  place: ({ settings, account, regions, ...at }) => {
    // Skipped as a whole, it covers none.
    if (regions.length > 0) {
      const where = { route: at.placed(alertChannel)!.route(), regions: account.regions };
      const { minimumSeverity } = settings.threatDetection;
      new FindingAlert(at.name, { ...placementOf(at), ...where, minimumSeverity }, at.child);
    }
  },
  drift: [],
});
