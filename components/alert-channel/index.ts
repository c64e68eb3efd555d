import * as pulumi from "@pulumi/pulumi";
import { control, ControlScope } from "../foundation/control";
import { gone, touched } from "../foundation/drift";
import { guardiansOf } from "../foundation/evidence/guardians";
import { placementOf } from "../foundation/placement";
import { AlertChannel } from "./alert-channel";
import { DrillAlert } from "./drill-alert";
import { alertChannelSettings } from "./settings";

export const alertChannel = control({
  id: "AlertChannel",
  title: "Alerts reach a person",
  scope: ControlScope.everyRegion,
  stops: "An alarm nobody hears: no subscriber, or a topic whose key or policy drops the message in silence.",
  answers: ["Security Hub SNS.1", "Security Hub SNS.4", "Security Hub CloudWatch.15"],
  cost: "one KMS key a topic region; one alarm a region; SNS e-mails beyond the free tier",
  settings: alertChannelSettings,
  place: ({ settings, account: { regions }, ...at }) => {
    const { rules, alarms } = at.alertRegions();
    const where = { alarmRegions: alarms, alertRegions: [...new Set([...regions, ...rules])] };
    const channel = new AlertChannel(
      at.name,
      { ...placementOf(at), ...settings.alertChannel, ...guardiansOf(settings), ...where },
      at.child,
    );
    const drill = { route: channel.route(), regions, namePrefix: at.namePrefix, tags: at.tags };
    new DrillAlert(`${at.baseline}-drill-alert`, drill, { parent: channel });
    const { emails, slack, teams } = settings.alertChannel;
    if (emails.length + slack.length + teams.length === 0) {
      void pulumi.log.warn("Nobody hears the alerts: alertChannel names no mailbox and no chat channel.", channel);
    }
    at.outputs.alertTopicArn = channel.topicArn;
    return channel;
  },
  drift: [
    gone("Topic", "critical", "no alert reaches anybody"),
    touched("TopicPolicy", "critical", "who may send and read alerts has changed"),
    touched("TopicSubscription", "high", "somebody hears no alerts"),
  ],
});
