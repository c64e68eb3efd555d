import { type Subscription } from "@aws-sdk/client-sns";
import { type Evidence, type VerifyScope } from "../foundation/verify/verifier";

/** Is there an encrypted topic that alarms and rules may publish to, and does somebody listen? */
export async function verify({ aws, accountId, homeRegion, namePrefix }: VerifyScope): Promise<Evidence[]> {
  const region = homeRegion;
  const sns = aws.sns(region);
  const { Topics: topics = [] } = await sns.listTopics({});
  const arn = topics
    .map(({ TopicArn }) => TopicArn)
    .find((each) => each?.endsWith(`:${accountId}:${namePrefix}-alerts`));
  if (arn === undefined) {
    return [{ holds: false, region, says: `there is no topic ${namePrefix}-alerts` }];
  }
  const { Attributes: attributes = {} } = await sns.getTopicAttributes({ TopicArn: arn });
  const { Subscriptions: subscriptions = [] } = await sns.listSubscriptionsByTopic({ TopicArn: arn });
  // Until somebody has clicked the link in AWS's mail, the ARN reads PendingConfirmation and nothing is delivered.
  const confirmed = subscriptions.filter(({ SubscriptionArn }) => SubscriptionArn?.startsWith("arn:"));
  const pending = subscriptions.filter((each) => !confirmed.includes(each));
  const keyId = attributes["KmsMasterKeyId"];
  const { Policy: keyPolicy = "" } = keyId
    ? await aws.kms(region).getKeyPolicy({ KeyId: keyId, PolicyName: "default" })
    : {};
  const publishers = ["cloudwatch.amazonaws.com", "events.amazonaws.com"];
  const heard = publishers.filter((each) => keyPolicy.includes(each) && attributes["Policy"]?.includes(each));
  return [
    {
      holds: keyId !== undefined,
      region,
      says: keyId ? "the topic is encrypted with its own key" : "the topic is not encrypted",
    },
    {
      holds: heard.length === publishers.length,
      region,
      says: `topic and key let publish: ${heard.join(", ") || "nobody"}`,
    },
    {
      holds: confirmed.length > 0,
      region,
      says:
        subscriptions.length === 0
          ? "nobody is subscribed"
          : `subscribed: ${endpoints(confirmed) || "nobody yet"}${pending.length > 0 ? `; not confirmed: ${endpoints(pending)}` : ""}`,
    },
  ];
}

function endpoints(subscriptions: Subscription[]): string {
  return subscriptions.map(({ Endpoint }) => Endpoint).join(", ");
}
