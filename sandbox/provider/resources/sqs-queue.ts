import type { QueueArgs } from "@pulumi/aws/sqs/queue";
import type { QueuePolicyArgs } from "@pulumi/aws/sqs/queuePolicy";
import type { Unwrap } from "@pulumi/pulumi";
import { unlessGone } from "../../../aws/errors";
import { documentText } from "../../../common/documents";
import { defineResource } from "../resource-handler";
import { retag } from "./tags";

const gone = ["QueueDoesNotExist", "NonExistentQueue"] as const;

/** The id of a queue is its address, as in @pulumi/aws. */
export const queue = defineResource<QueueArgs>({
  type: "aws:sqs/queue:Queue",
  properties: ["region", "name", "messageRetentionSeconds", "sqsManagedSseEnabled", "tags"],
  nameProperty: "name",
  replaceOn: ["region", "name", "namePrefix", "fifoQueue"],
  steering: ["namePrefix"],

  async create({ clients, region }, inputs) {
    const made = await clients
      .sqs(region)
      .createQueue({ QueueName: inputs.name, Attributes: attributes(inputs), tags: inputs.tags });
    return made.QueueUrl ?? "";
  },

  async read({ clients, region }, QueueUrl) {
    const sqs = clients.sqs(region);
    const asked = sqs.getQueueAttributes({ QueueUrl, AttributeNames: ["All"] });
    const found = (await unlessGone(asked, ...gone))?.Attributes;
    if (found === undefined) {
      return undefined;
    }
    const { Tags: tags } = await sqs.listQueueTags({ QueueUrl });
    return {
      region,
      arn: found["QueueArn"],
      name: found["QueueArn"]?.split(":").at(-1),
      url: QueueUrl,
      messageRetentionSeconds: Number(found["MessageRetentionPeriod"]),
      sqsManagedSseEnabled: found["SqsManagedSseEnabled"] === "true",
      tags: tags ?? {},
    };
  },

  async update({ clients, region }, QueueUrl, news, olds) {
    const sqs = clients.sqs(region);
    await sqs.setQueueAttributes({ QueueUrl, Attributes: attributes(news) });
    await retag(
      olds.tags,
      news.tags,
      () => sqs.tagQueue({ QueueUrl, Tags: news.tags }),
      (TagKeys) => sqs.untagQueue({ QueueUrl, TagKeys }),
    );
  },

  async delete({ clients, region }, QueueUrl) {
    await unlessGone(clients.sqs(region).deleteQueue({ QueueUrl }), ...gone);
  },
});

export const queuePolicy = defineResource<QueuePolicyArgs>({
  type: "aws:sqs/queuePolicy:QueuePolicy",
  properties: ["region", "queueUrl", "policy"],
  required: ["queueUrl", "policy"],
  replaceOn: ["region", "queueUrl"],

  async create({ clients, region }, { queueUrl, policy }) {
    const Attributes = { Policy: documentText(policy) };
    await clients.sqs(region).setQueueAttributes({ QueueUrl: queueUrl, Attributes });
    return queueUrl;
  },

  async read({ clients, region }, queueUrl) {
    const asked = clients.sqs(region).getQueueAttributes({ QueueUrl: queueUrl, AttributeNames: ["Policy"] });
    const policy = (await unlessGone(asked, ...gone))?.Attributes?.["Policy"];
    return policy ? { region, queueUrl, policy } : undefined;
  },

  async update({ clients, region }, queueUrl, { policy }) {
    const Attributes = { Policy: documentText(policy) };
    await clients.sqs(region).setQueueAttributes({ QueueUrl: queueUrl, Attributes });
  },

  async delete({ clients, region }, queueUrl) {
    const removal = clients.sqs(region).setQueueAttributes({ QueueUrl: queueUrl, Attributes: { Policy: "" } });
    await unlessGone(removal, ...gone);
  },
});

function attributes(inputs: Unwrap<QueueArgs>): Record<string, string> {
  const { messageRetentionSeconds: retention, sqsManagedSseEnabled: encrypted } = inputs;
  return {
    ...(retention !== undefined && { MessageRetentionPeriod: String(retention) }),
    ...(encrypted !== undefined && { SqsManagedSseEnabled: String(encrypted) }),
  };
}
