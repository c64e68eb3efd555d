import type { TopicSubscriptionArgs } from "@pulumi/aws/sns/topicSubscription";
import { unlessGone } from "../../../aws/errors";
import { defineResource } from "../resource-handler";
import { nameOf } from "./names";

/** Attributes that are texts, and absent by default. */
const documents = [
  ["FilterPolicy", "filterPolicy"],
  ["DeliveryPolicy", "deliveryPolicy"],
  ["RedrivePolicy", "redrivePolicy"],
  ["SubscriptionRoleArn", "subscriptionRoleArn"],
] as const;

export const topicSubscription = defineResource<TopicSubscriptionArgs>({
  type: "aws:sns/topicSubscription:TopicSubscription",
  properties: [
    "region", "topic", "protocol", "endpoint", "filterPolicy", "rawMessageDelivery", "deliveryPolicy", "redrivePolicy",
    "subscriptionRoleArn",
  ], // prettier-ignore
  required: ["topic", "protocol", "endpoint"],
  noneByDefault: ["filterPolicy", "deliveryPolicy", "redrivePolicy", "subscriptionRoleArn"],
  replaceOn: ["region", "topic", "protocol", "endpoint"],
  steering: ["endpointAutoConfirms", "confirmationTimeoutInMinutes"],

  async create({ clients, region }, inputs) {
    const { SubscriptionArn = "" } = await clients.sns(region).subscribe({
      TopicArn: nameOf(inputs.topic),
      Protocol: inputs.protocol,
      Endpoint: inputs.endpoint,
      // Else AWS answers "pending confirmation" for an e-mail address, which is no id.
      ReturnSubscriptionArn: true,
      Attributes: {
        ...Object.fromEntries(
          documents.flatMap(([name, key]) => (inputs[key] === undefined ? [] : [[name, inputs[key]]])),
        ),
        ...(inputs.rawMessageDelivery ? { RawMessageDelivery: "true" } : {}),
      },
    });
    return SubscriptionArn;
  },

  async read({ clients, region }, arn) {
    const lookUp = clients.sns(region).getSubscriptionAttributes({ SubscriptionArn: arn });
    const found = (await unlessGone(lookUp, "NotFound"))?.Attributes;
    return (
      found && {
        region,
        arn,
        topic: found["TopicArn"],
        protocol: found["Protocol"],
        endpoint: found["Endpoint"],
        ownerId: found["Owner"],
        pendingConfirmation: found["PendingConfirmation"] === "true",
        confirmationWasAuthenticated: found["ConfirmationWasAuthenticated"] === "true",
        ...Object.fromEntries(documents.map(([name, key]) => [key, textOf(found[name])])),
        rawMessageDelivery: found["RawMessageDelivery"] === "true",
      }
    );
  },

  async update({ clients, region }, SubscriptionArn, news, olds) {
    const put = (AttributeName: string, AttributeValue: string) =>
      clients.sns(region).setSubscriptionAttributes({ SubscriptionArn, AttributeName, AttributeValue });
    for (const [name, key] of documents.filter(([, each]) => news[each] !== olds[each])) {
      await put(name, news[key] ?? (name === "FilterPolicy" ? "{}" : ""));
    }
    await put("RawMessageDelivery", String(news.rawMessageDelivery ?? false));
  },

  async delete({ clients, region }, arn) {
    await unlessGone(clients.sns(region).unsubscribe({ SubscriptionArn: arn }), "NotFound");
  },
});

/** AWS takes an empty document for none, and an emulator need not. */
function textOf(value: string | undefined): string | undefined {
  return value === "{}" ? undefined : value;
}
