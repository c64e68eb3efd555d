import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { keyLockout } from "../foundation/evidence/evidence-stays";
import { type GuardianOptions } from "../foundation/evidence/guardians";
import { type ChannelNames, topicArnIn, topicKeyPolicy, topicPolicy } from "./channel-policies";

/** Makes the key and the topics of one region encrypted with it. SNS takes a key of its own region only. */
export function alertKey(
  name: string,
  region: string,
  names: ChannelNames,
  args: { tags: pulumi.Input<Record<string, string>> } & GuardianOptions,
  parent: pulumi.Resource,
): aws.kms.Key {
  const key = new aws.kms.Key(
    `${name}-key`,
    {
      region,
      description: "Alerts of the prevention baseline",
      policy: topicKeyPolicy(names, args),
      ...keyLockout(args),
      enableKeyRotation: true,
      deletionWindowInDays: 30,
      tags: args.tags,
    },
    { parent, protect: true },
  );
  new aws.kms.Alias(`${name}-key-alias`, { region, name: `alias/${names.topic}`, targetKeyId: key.keyId }, { parent });
  return key;
}

/**
 * Makes a topic that this account's alarms, budgets and EventBridge rules may publish to.
 *
 * @returns its ARN, known once the policy is in force: billing services try at once whether they may publish
 */
export function alertTopic(
  name: string,
  args: {
    region: string;
    /** Name of the topic. */
    topic: string;
    displayName: string;
    key: aws.kms.Key;
    names: ChannelNames;
    tags: pulumi.Input<Record<string, string>>;
  },
  parent: pulumi.Resource,
): pulumi.Output<string> {
  const { region, names, tags } = args;
  const topic = new aws.sns.Topic(
    `${name}-topic`,
    { region, name: args.topic, displayName: args.displayName, kmsMasterKeyId: args.key.arn, tags },
    { parent },
  );
  const policy = new aws.sns.TopicPolicy(
    `${name}-topic-policy`,
    { region, arn: topic.arn, policy: topicPolicy(names, topicArnIn(names, region, args.topic)) },
    { parent },
  );
  return pulumi.all([topic.arn, policy.id]).apply(([arn]) => arn);
}
