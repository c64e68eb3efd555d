import * as aws from "@pulumi/aws";
import { byTheFirst, waitingIn } from "./dead-letters";
import * as pulumi from "@pulumi/pulumi";
import { serviceTrust } from "../foundation/policy-document";
import { type ChannelNames, relayRolePolicy, undeliveredPolicy } from "./channel-policies";
import { type AlertRoute, EventAlert } from "./event-alert";

export interface UndeliveredAlertsArgs {
  names: ChannelNames;
  /** Regions in which rules of alerts are, the home region among them. */
  regions: string[];
  /** ARNs of the topics that alarms may notify, by region. In other regions an alarm is forwarded home as an event. */
  topics: Record<string, pulumi.Input<string>>;
  /** How an alarm of another region gets home. Its relay role is not used: what failed may have failed because of it. */
  route: AlertRoute;
  tags: pulumi.Input<Record<string, string>>;
}

/**
 * A dead-letter queue in each region that has rules of alerts, with an alarm on it, so that an alert that EventBridge
 * could not deliver is not lost without a word. EventBridge takes a queue of the rule's own region only, and an alarm
 * notifies topics of its own region only: elsewhere the alarm's change of state is forwarded as an event, with a role of
 * its own.
 *
 * Source: EventBridge User Guide, "Using dead-letter queues to process undelivered events"; CloudWatch User Guide, "Alarm
 * events and EventBridge".
 */
export class UndeliveredAlerts extends pulumi.ComponentResource {
  /** Name of the queue, the same in each region; whoever uses it waits until all of them are made. */
  readonly queue: pulumi.Output<string>;

  constructor(name: string, args: UndeliveredAlertsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("baseline:index:UndeliveredAlerts", name, args, opts);
    const { names } = args;
    const made = args.regions.map((region) => this.queueIn(name, region, args));
    this.queue = pulumi.all(made).apply(() => names.undelivered);
    const elsewhere = args.regions.filter((region) => region !== names.region);
    this.forwardAlarms(name, elsewhere, args);
    this.registerOutputs({ queue: this.queue });
  }

  /** @returns the name of the queue */
  private queueIn(name: string, region: string, { names, topics, tags }: UndeliveredAlertsArgs): pulumi.Output<string> {
    const topicArn = topics[region];
    const child = { parent: this };
    const queue = new aws.sqs.Queue(
      `${name}-queue-${region}`,
      { region, name: names.undelivered, messageRetentionSeconds: 14 * 86_400, sqsManagedSseEnabled: true, tags },
      child,
    );
    new aws.sqs.QueuePolicy(
      `${name}-queue-policy-${region}`,
      { region, queueUrl: queue.url, policy: undeliveredPolicy(names, region) },
      child,
    );
    new aws.cloudwatch.MetricAlarm(
      `${name}-alarm-${region}`,
      {
        region,
        name: names.undelivered,
        alarmDescription: `Alerts could not be delivered. Look first: the events in the queue ${names.undelivered}, whose attributes say why.`,
        ...waitingIn(names.undelivered),
        ...byTheFirst,
        alarmActions: topicArn === undefined ? [] : [topicArn],
        tags,
      },
      child,
    );
    return queue.name;
  }

  private forwardAlarms(name: string, regions: string[], { names, topics, route, tags }: UndeliveredAlertsArgs): void {
    const role = new aws.iam.Role(
      `${name}-relay-role`,
      {
        name: names.undeliveredRelayRole,
        description: "Lets EventBridge forward to the home region that alerts could not be delivered",
        assumeRolePolicy: serviceTrust("events.amazonaws.com", names.accountId),
        tags,
      },
      { parent: this },
    );
    const policy = new aws.iam.RolePolicy(
      `${name}-relay-role-policy`,
      { name: "forward-to-home-region", role: role.name, policy: relayRolePolicy(names) },
      { parent: this },
    );
    const relayRoleArn = pulumi.all([role.arn, policy.id]).apply(([arn]) => arn);
    new EventAlert(
      `${name}-event`,
      {
        route: { ...route, relayRoleArn, deadLetters: this.queue },
        regions,
        ruleName: names.undelivered,
        description: "Alerts of another region could not be delivered, or a leaked key not be answered there",
        pattern: alarmPattern(names, Object.keys(topics)),
        values: { account: "$.account", region: "$.region", at: "$.time", alarm: "$.detail.alarmName" },
        message: [
          "ALERTS MAY BE LOST in account <account>, <region>: the alarm <alarm> is raised",
          "",
          `${names.undelivered}: EventBridge could not deliver alerts of this region. They wait in the queue of that name,`,
          "each with attributes that say why.",
          `${names.answerAlarms.join(", ")}: an answer to a leaked access key failed. Look at its execution in Step Functions.`,
          "When: <at>",
        ],
        tags,
      },
      { parent: this },
    );
  }
}

/** @param notified regions whose alarm on the queue notifies a topic by itself */
function alarmPattern({ region, undelivered, answerAlarms }: ChannelNames, notified: string[]): string {
  return JSON.stringify({
    source: ["aws.cloudwatch"],
    "detail-type": ["CloudWatch Alarm State Change"],
    detail: { state: { value: ["ALARM"] } },
    $or: [
      { region: [{ "anything-but": notified }], detail: { alarmName: [undelivered] } },
      { region: [{ "anything-but": [region] }], detail: { alarmName: answerAlarms } },
    ],
  });
}
