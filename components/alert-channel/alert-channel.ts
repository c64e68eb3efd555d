import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type GuardianOptions } from "../foundation/evidence/guardians";
import { type Placement } from "../foundation/placement";
import { serviceTrust } from "../foundation/policy-document";
import { type AlertChannelSettings } from "../foundation/settings/model";
import { alertKey, alertTopic } from "./alert-topic";
import { channelNames, relayRolePolicy } from "./channel-policies";
import { ChatChannels } from "./chat-channels";
import { type AlertRoute } from "./event-alert";
import { UndeliveredAlerts } from "./undelivered-alerts";

/** `region` is the home region: the topic lives there, events of other regions are forwarded to it. */
export interface AlertChannelArgs extends Placement, AlertChannelSettings, GuardianOptions {
  /**
   * Regions beside the home region that need a topic of their own, because an alarm notifies topics of its own region
   * only and some alarms cannot be elsewhere: billing's, in us-east-1.
   */
  alarmRegions: string[];
  /** Regions in which rules of alerts are, beside the home region. */
  alertRegions: string[];
}

/** One encrypted topic that every alert of every region ends up in, and the role with which regions forward to it. */
export class AlertChannel extends pulumi.ComponentResource {
  readonly topicArn: pulumi.Output<string>;
  /** ARN of the role that lets a rule in another region forward to the home region's default event bus. */
  readonly relayRoleArn: pulumi.Output<string>;

  readonly homeRegion: string;
  /** ARN of the home region's default event bus. */
  readonly homeBusArn: string;

  private readonly topics: Record<string, pulumi.Output<string>> = {};
  private readonly chatTopicArn?: pulumi.Output<string>;
  private readonly deadLetters: pulumi.Output<string>;

  constructor(name: string, args: AlertChannelArgs, opts?: pulumi.ComponentResourceOptions) {
    super("baseline:index:AlertChannel", name, args, opts);
    const child = { parent: this };
    const { region, tags } = args;
    const names = channelNames(args.namePrefix, args.partition, args.accountId, region);
    const alerts = { topic: names.topic, displayName: "AWS account alerts", names, tags };

    const key = alertKey(name, region, names, args, this);
    this.topicArn = this.subscribed(name, args.emails, region, alertTopic(name, { ...alerts, region, key }, this));
    this.topics[region] = this.topicArn;
    for (const other of args.alarmRegions.filter((each) => each !== region)) {
      const there = `${name}-${other}`;
      const otherKey = alertKey(there, other, names, args, this);
      const topic = alertTopic(there, { ...alerts, region: other, key: otherKey }, this);
      this.topics[other] = this.subscribed(there, args.emails, other, topic);
    }
    if (args.slack.length + args.teams.length > 0) {
      const chat = { ...alerts, topic: names.chatTopic, displayName: "AWS account alerts for chat", region, key };
      this.chatTopicArn = alertTopic(`${name}-chat`, chat, this);
      const topicArns = [this.chatTopicArn, ...Object.values(this.topics)];
      new ChatChannels(`${name}-chat-channels`, { ...args, topicArns }, child);
    }

    const relay = new aws.iam.Role(
      `${name}-relay-role`,
      {
        name: names.relayRole,
        description: "Lets EventBridge forward alerts of other regions to the home region",
        assumeRolePolicy: serviceTrust("events.amazonaws.com", args.accountId),
        tags,
      },
      child,
    );
    const relayPolicy = new aws.iam.RolePolicy(
      `${name}-relay-role-policy`,
      { name: "forward-to-home-region", role: relay.name, policy: relayRolePolicy(names) },
      child,
    );

    // Through the policy, so that whoever uses the role waits until it may forward.
    this.relayRoleArn = pulumi.all([relay.arn, relayPolicy.id]).apply(([arn]) => arn);
    this.homeRegion = region;
    this.homeBusArn = names.homeBusArn;
    const regions = [...new Set([region, ...args.alertRegions])];
    const wiring = { names, regions, topics: this.topics, route: this.route(), tags };
    this.deadLetters = new UndeliveredAlerts(`${name}-undelivered`, wiring, child).queue;
    this.registerOutputs({ topicArn: this.topicArn, relayRoleArn: this.relayRoleArn });
  }

  /** How an alert of any region gets here. */
  route(): AlertRoute {
    const { homeRegion, homeBusArn, topicArn, relayRoleArn, chatTopicArn, deadLetters } = this;
    return { homeRegion, homeBusArn, topicArn, relayRoleArn, chatTopicArn, deadLetters };
  }

  /** ARN of the topic that alarms of a region notify: the home region, or one of `alarmRegions`. */
  topicIn(region: string): pulumi.Output<string> {
    const topic = this.topics[region];
    if (topic === undefined) {
      throw new Error(`the alert channel has no topic in ${region}; name it in alarmRegions`);
    }
    return topic;
  }

  private subscribed(
    name: string,
    emails: string[],
    region: string,
    topic: pulumi.Output<string>,
  ): pulumi.Output<string> {
    for (const email of emails) {
      new aws.sns.TopicSubscription(
        `${name}-subscription-${email}`,
        { region, topic, protocol: "email", endpoint: email },
        { parent: this },
      );
    }
    return topic;
  }
}
