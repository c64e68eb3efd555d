import type { TopicSubscriptionArgs } from "@pulumi/aws/sns/topicSubscription";
import { unlessGone } from "../aws-errors";
import { defineResource } from "../resource-handler";
import { nameOf } from "./names";

export const topicSubscription = defineResource<TopicSubscriptionArgs>({
  type: "aws:sns/topicSubscription:TopicSubscription",
  properties: ["region", "topic", "protocol", "endpoint", "filterPolicy", "rawMessageDelivery"],
  required: ["topic", "protocol", "endpoint"],
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
        ...(inputs.filterPolicy === undefined ? {} : { FilterPolicy: inputs.filterPolicy }),
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
        filterPolicy: found["FilterPolicy"],
        rawMessageDelivery: found["RawMessageDelivery"] === "true",
      }
    );
  },

  async update({ clients, region }, SubscriptionArn, news) {
    const put = (AttributeName: string, AttributeValue: string) =>
      clients.sns(region).setSubscriptionAttributes({ SubscriptionArn, AttributeName, AttributeValue });
    await put("FilterPolicy", news.filterPolicy ?? "{}");
    await put("RawMessageDelivery", String(news.rawMessageDelivery ?? false));
  },

  async delete({ clients, region }, arn) {
    await unlessGone(clients.sns(region).unsubscribe({ SubscriptionArn: arn }), "NotFound");
  },
});
