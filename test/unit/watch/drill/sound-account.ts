import { channelNames, topicKeyPolicy } from "../../../../components/alert-channel/channel-policies";
import { type Answers, awsError } from "./fake-clients";

export const account = "123456789012";
export const arn = (region: string, name = "baseline-alerts") => `arn:aws:sns:${region}:${account}:${name}`;
export const services = ["cloudwatch", "events", "budgets", "costalerts"].map((each) => `${each}.amazonaws.com`);
export const lettingIn = (...who: string[]) =>
  JSON.stringify({ Statement: [{ Effect: "Allow", Principal: { Service: who }, Action: "sns:Publish" }] });
export const mina = { Protocol: "email", Endpoint: "mina@example.com", SubscriptionArn: `${arn("eu-west-1")}:1` };
export const omar = { Protocol: "email", Endpoint: "omar@example.com", SubscriptionArn: "PendingConfirmation" };
export const bus = (region: string) => `arn:aws:events:${region}:${account}:event-bus/default`;
export const alarm = { AlarmName: "baseline-denied-api-calls", StateValue: "OK", AlarmActions: [arn("eu-west-1")] };

/** Who asks there. */
export const identity = {
  accountId: account,
  callerArn: `arn:aws:iam::${account}:user/mina`,
  partition: "aws",
  endpoint: "AWS",
};

/** An account in which everything is as it should be. */
export const sound: Answers = {
  getCallerIdentity: () => ({ Account: account, Arn: `arn:aws:iam::${account}:user/mina` }),
  listAccountAliases: () => ({ AccountAliases: ["acme-prod"] }),
  describeRegions: () => ({ Regions: [{ RegionName: "us-east-1" }, { RegionName: "eu-west-1" }] }),
  getTopicAttributes: ({ TopicArn }) => {
    if (String(TopicArn).endsWith("-chat-alerts")) {
      throw awsError("NotFoundException");
    }
    return { Attributes: { Policy: lettingIn(...services), KmsMasterKeyId: "key" } };
  },
  getKeyPolicy: () => ({ Policy: topicKeyPolicy(channelNames("baseline", "aws", account, "eu-west-1")) }),
  listSubscriptionsByTopic: () => ({ Subscriptions: [mina] }),
  describeRule: () => ({ State: "ENABLED" }),
  listTargetsByRule: (_, region) => ({
    Targets: [{ Arn: region === "eu-west-1" ? arn("eu-west-1") : bus("eu-west-1") }],
  }),
  putEvents: () => ({ FailedEntryCount: 0, Entries: [{ EventId: "1" }] }),
  describeAlarms: (_, region) => ({ MetricAlarms: region === "eu-west-1" ? [alarm] : [] }),
};
