import { deadLettersFrom } from "./dead-letters";
import { keyStays } from "../foundation/evidence/evidence-stays";
import { type GuardianOptions } from "../foundation/evidence/guardians";
import { denyInsecureTransport, keyOwnedByAccount, policyDocument } from "../foundation/policy-document";

/** Where the alert channel lives and what it is called; all known before it exists. */
export interface ChannelNames {
  partition: string;
  accountId: string;
  /** Start of the baseline's own names. */
  prefix: string;
  /** The home region, where the topic is. */
  region: string;
  topic: string;
  /** Where events go in the form that chat applications show; made when there is a chat channel. */
  chatTopic: string;
  /** ARN of the home region's default event bus, to which other regions forward. */
  homeBusArn: string;
  relayRole: string;
  /** Queue and alarm, in each region with rules of alerts, for what EventBridge could not deliver. */
  undelivered: string;
  /** Alarms on the answers to leaked keys, which LeakResponse makes in each region with a state machine. */
  answerAlarms: string[];
  /** Role that forwards only that alarm. */
  undeliveredRelayRole: string;
}

export function channelNames(prefix: string, partition: string, accountId: string, region: string): ChannelNames {
  const topic = `${prefix}-alerts`;
  return {
    partition,
    accountId,
    prefix,
    region,
    topic,
    chatTopic: `${prefix}-chat-alerts`,
    homeBusArn: `arn:${partition}:events:${region}:${accountId}:event-bus/default`,
    relayRole: `${prefix}-alert-relay`,
    undelivered: `${prefix}-undelivered-alerts`,
    answerAlarms: ["failed", "timed-out"].map((each) => `${prefix}-leak-response-${each}`),
    undeliveredRelayRole: `${prefix}-undelivered-relay`,
  };
}

export function topicArnIn({ partition, accountId }: ChannelNames, region: string, topic: string): string {
  return `arn:${partition}:sns:${region}:${accountId}:${topic}`;
}

/**
 * AWS services that publish alerts with the account's own id in the request. Outside the partition `aws` there is no
 * control that uses the two of billing, and a policy that names a principal unknown there is refused as a whole.
 */
function publishers(partition: string): string[] {
  const billing = ["budgets.amazonaws.com", "costalerts.amazonaws.com"];
  return ["cloudwatch.amazonaws.com", ...(partition === "aws" ? billing : [])];
}

/**
 * Key policy of the topic's key. Without it an alarm on an encrypted topic is dropped in silence.
 *
 * Source: SNS Developer Guide, "Enable compatibility between event sources from AWS services and encrypted topics",
 * which also says that EventBridge sends no `aws:SourceAccount` to KMS, so its statement cannot have the condition.
 */
export function topicKeyPolicy({ partition, accountId }: ChannelNames, guardians: GuardianOptions = {}): string {
  const use = ["kms:Decrypt", "kms:GenerateDataKey*"];
  return policyDocument([
    keyOwnedByAccount(partition, accountId),
    {
      Sid: "AlarmsAndBudgetsUseKey",
      Effect: "Allow",
      Principal: { Service: publishers(partition) },
      Action: use,
      Resource: "*",
      Condition: { StringEquals: { "aws:SourceAccount": accountId } },
    },
    {
      Sid: "EventBridgeUsesKey",
      Effect: "Allow",
      Principal: { Service: "events.amazonaws.com" },
      Action: use,
      Resource: "*",
    },
    ...keyStays({ partition, accountId, ...guardians }),
  ]);
}

/**
 * Topic policy: this account's alarms and budgets, and EventBridge, may publish; over TLS.
 *
 * EventBridge's statement has no condition, because with one nothing arrives: "You can't use Condition blocks in Amazon
 * SNS topic policies for EventBridge". Rules of other accounts stay out all the same: a target in another account needs
 * a role there, and the policy lets in no role.
 *
 * Source: SNS Developer Guide, "Example cases for Amazon SNS access control"; EventBridge User Guide, "Using
 * resource-based policies", Amazon SNS permissions; "Sending events to an AWS service in another account".
 */
export function topicPolicy({ partition, accountId }: ChannelNames, topicArn: string): string {
  return policyDocument([
    {
      Sid: "AlarmsAndBudgetsPublish",
      Effect: "Allow",
      Principal: { Service: publishers(partition) },
      Action: "sns:Publish",
      Resource: topicArn,
      Condition: { StringEquals: { "aws:SourceAccount": accountId } },
    },
    {
      Sid: "EventBridgePublishes",
      Effect: "Allow",
      Principal: { Service: "events.amazonaws.com" },
      Action: "sns:Publish",
      Resource: topicArn,
    },
    denyInsecureTransport("sns:Publish", [topicArn]),
  ]);
}

/** Policy of a dead-letter queue: the baseline's rules of its region leave events there, on whatever bus they are. */
export function undeliveredPolicy({ partition, accountId, prefix, undelivered }: ChannelNames, region: string): string {
  return deadLettersFrom(`arn:${partition}:sqs:${region}:${accountId}:${undelivered}`, {
    ArnLike: { "aws:SourceArn": `arn:${partition}:events:${region}:${accountId}:rule/${prefix}-*` },
  });
}

/** What the relay role may do: put events on the home region's default bus. Source: EventBridge User Guide. */
export function relayRolePolicy({ homeBusArn }: ChannelNames): string {
  return policyDocument([
    { Sid: "ForwardToHomeRegion", Effect: "Allow", Action: "events:PutEvents", Resource: homeBusArn },
  ]);
}
