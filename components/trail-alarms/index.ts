import { alertChannel } from "../alert-channel";
import { auditTrail } from "../audit-trail";
import { control, ControlScope } from "../foundation/control";
import { touched } from "../foundation/drift";
import { placementOf } from "../foundation/placement";
import { trailAlarmsSettings } from "./settings";
import { answeredControls } from "./trail-alarm-texts";
import { TrailAlarms } from "./trail-alarms";

export const trailAlarms = control({
  id: "TrailAlarms",
  title: "Changes to identities, logging and networks raise an alarm, whichever region they are made in",
  scope: ControlScope.homeRegion,
  stops: "A record that nobody reads: refused calls of a key being tried out, root at work, policies rewritten.",
  answers: answeredControls(),
  cost: "sixteen alarms and as many custom metrics; the first ten of each are free",
  settings: trailAlarmsSettings,
  leftOutWith: "AuditTrail",
  place: ({ settings, ...at }) => {
    const { logGroupName } = at.placed(auditTrail)!;
    const { topicArn } = at.placed(alertChannel)!;
    const args = { ...placementOf(at), ...settings.trailAlarms, logGroupName, topicArn };
    new TrailAlarms(at.name, args, at.child);
  },
  drift: [touched("LogMetricFilter", "high", "an alarm sees nothing, or the wrong things")],
});
