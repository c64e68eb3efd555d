import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type ControlDescription, ControlScope } from "../control";
import { type Placement } from "../placement";
import { serviceTrust } from "../policy-document";
import { type AlertChannelOptions } from "../settings/model";
import { type AlertRoute } from "./event-alert";
import { channelNames, relayRolePolicy, topicKeyPolicy, topicPolicy } from "./channel-policies";

/** `region` is the home region: the topic lives there, other regions forward to it. */
export interface AlertChannelArgs extends Placement, AlertChannelOptions {}

/** One encrypted topic that every alert of every region ends up in, and the role with which regions forward to it. */
export class AlertChannel extends pulumi.ComponentResource {
  static readonly control: ControlDescription = {
    id: "AlertChannel",
    title: "Alerts reach a person",
    scope: ControlScope.homeRegion,
    stops: "An alarm nobody hears: no subscriber, or a topic whose key or policy drops the message in silence.",
    answers: ["Security Hub SNS.1", "Security Hub SNS.4", "Security Hub CloudWatch.15"],
    cost: "one KMS key; SNS e-mails beyond the free tier",
    settings: ["alertChannel"],
  };

  readonly topicArn: pulumi.Output<string>;
  /** ARN of the role that lets a rule in another region forward to the home region's default event bus. */
  readonly relayRoleArn: pulumi.Output<string>;

  readonly homeRegion: string;
  /** ARN of the home region's default event bus. */
  readonly homeBusArn: string;

  constructor(name: string, args: AlertChannelArgs, opts?: pulumi.ComponentResourceOptions) {
    super("baseline:index:AlertChannel", name, args, opts);
    const child = { parent: this };
    const { region, tags } = args;
    const names = channelNames(args.namePrefix, args.partition, args.accountId, region);

    const key = new aws.kms.Key(
      `${name}-key`,
      {
        region,
        description: "Alerts of the prevention baseline",
        policy: topicKeyPolicy(names),
        enableKeyRotation: true,
        deletionWindowInDays: 30,
        tags,
      },
      { ...child, protect: true },
    );
    new aws.kms.Alias(`${name}-key-alias`, { region, name: `alias/${names.topic}`, targetKeyId: key.keyId }, child);
    const topic = new aws.sns.Topic(
      `${name}-topic`,
      { region, name: names.topic, displayName: "AWS account alerts", kmsMasterKeyId: key.arn, tags },
      child,
    );
    const policy = new aws.sns.TopicPolicy(
      `${name}-topic-policy`,
      { region, arn: topic.arn, policy: topicPolicy(names) },
      child,
    );
    for (const email of args.emails) {
      new aws.sns.TopicSubscription(
        `${name}-subscription-${email}`,
        { region, topic: topic.arn, protocol: "email", endpoint: email },
        { ...child, dependsOn: policy },
      );
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

    this.topicArn = topic.arn;
    // Through the policy, so that whoever uses the role waits until it may forward.
    this.relayRoleArn = pulumi.all([relay.arn, relayPolicy.id]).apply(([arn]) => arn);
    this.homeRegion = region;
    this.homeBusArn = names.homeBusArn;
    this.registerOutputs({ topicArn: this.topicArn, relayRoleArn: this.relayRoleArn });
  }

  /** How an alert of any region gets here. */
  route(): AlertRoute {
    const { homeRegion, homeBusArn, topicArn, relayRoleArn } = this;
    return { homeRegion, homeBusArn, topicArn, relayRoleArn };
  }
}
