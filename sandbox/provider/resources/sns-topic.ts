import type { TopicArgs } from "@pulumi/aws/sns/topic";
import type { TopicPolicyArgs } from "@pulumi/aws/sns/topicPolicy";
import { unlessGone } from "../../../aws/errors";
import { documentText } from "../../../common/documents";
import { defineResource } from "../resource-handler";
import { retag, tagList, tagMap } from "./tags";

export const topic = defineResource<TopicArgs>({
  type: "aws:sns/topic:Topic",
  properties: ["region", "name", "displayName", "kmsMasterKeyId", "policy", "deliveryPolicy", "tags"],
  nameProperty: "name",
  noneByDefault: ["displayName", "kmsMasterKeyId", "deliveryPolicy"],
  replaceOn: ["region", "name", "namePrefix", "fifoTopic"],
  steering: ["namePrefix"],

  async create({ clients, region }, inputs) {
    const { TopicArn = "" } = await clients.sns(region).createTopic({
      Name: inputs.name,
      Attributes: present({
        DisplayName: inputs.displayName,
        KmsMasterKeyId: inputs.kmsMasterKeyId,
        Policy: inputs.policy === undefined ? undefined : documentText(inputs.policy),
        DeliveryPolicy: inputs.deliveryPolicy,
      }),
      Tags: tagList(inputs.tags),
    });
    return TopicArn;
  },

  async read({ clients, region }, TopicArn) {
    const sns = clients.sns(region);
    const found = (await unlessGone(sns.getTopicAttributes({ TopicArn }), "NotFound"))?.Attributes;
    if (found === undefined) {
      return undefined;
    }
    const { Tags } = await sns.listTagsForResource({ ResourceArn: TopicArn });
    return {
      region,
      arn: TopicArn,
      name: TopicArn.split(":").at(-1),
      owner: found["Owner"],
      displayName: found["DisplayName"],
      kmsMasterKeyId: found["KmsMasterKeyId"],
      policy: found["Policy"],
      deliveryPolicy: found["DeliveryPolicy"],
      tags: tagMap(Tags),
    };
  },

  async update({ clients, region }, TopicArn, news, olds) {
    const sns = clients.sns(region);
    const put = (AttributeName: string, AttributeValue = "") =>
      sns.setTopicAttributes({ TopicArn, AttributeName, AttributeValue });
    if (news.displayName !== olds.displayName) {
      await put("DisplayName", news.displayName);
    }
    if (news.kmsMasterKeyId !== olds.kmsMasterKeyId) {
      await put("KmsMasterKeyId", news.kmsMasterKeyId);
    }
    if (news.policy !== undefined) {
      await put("Policy", documentText(news.policy));
    }
    if (news.deliveryPolicy !== undefined) {
      await put("DeliveryPolicy", news.deliveryPolicy);
    }
    await retag(
      olds.tags,
      news.tags,
      (Tags) => sns.tagResource({ ResourceArn: TopicArn, Tags }),
      (TagKeys) => sns.untagResource({ ResourceArn: TopicArn, TagKeys }),
    );
  },

  async delete({ clients, region }, TopicArn) {
    await unlessGone(clients.sns(region).deleteTopic({ TopicArn }), "NotFound");
  },
});

export const topicPolicy = defineResource<TopicPolicyArgs>({
  type: "aws:sns/topicPolicy:TopicPolicy",
  properties: ["region", "arn", "policy"],
  required: ["arn", "policy"],
  replaceOn: ["region", "arn"],

  async create({ clients, region }, { arn, policy }) {
    const value = { AttributeName: "Policy", AttributeValue: documentText(policy) };
    await clients.sns(region).setTopicAttributes({ TopicArn: arn, ...value });
    return arn;
  },

  async read({ clients, region }, arn) {
    const found = (await unlessGone(clients.sns(region).getTopicAttributes({ TopicArn: arn }), "NotFound"))?.Attributes;
    return found && { region, arn, owner: found["Owner"], policy: found["Policy"] };
  },

  async update({ clients, region }, arn, { policy }) {
    const value = { AttributeName: "Policy", AttributeValue: documentText(policy) };
    await clients.sns(region).setTopicAttributes({ TopicArn: arn, ...value });
  },

  async delete({ clients, region }, arn) {
    // A topic always has a policy; @pulumi/aws puts back the one that AWS gives a new topic.
    const account = arn.split(":")[4];
    const own = {
      Version: "2008-10-17",
      Id: "__default_policy_ID",
      Statement: [
        {
          Sid: "__default_statement_ID",
          Effect: "Allow",
          Principal: { AWS: "*" },
          Action: [
            "SNS:GetTopicAttributes",
            "SNS:SetTopicAttributes",
            "SNS:AddPermission",
            "SNS:RemovePermission",
            "SNS:DeleteTopic",
            "SNS:Subscribe",
            "SNS:ListSubscriptionsByTopic",
            "SNS:Publish",
          ],
          Resource: arn,
          Condition: { StringEquals: { "AWS:SourceOwner": account } },
        },
      ],
    };
    const value = { AttributeName: "Policy", AttributeValue: JSON.stringify(own) };
    await unlessGone(clients.sns(region).setTopicAttributes({ TopicArn: arn, ...value }), "NotFound");
  },
});

function present(attributes: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(attributes).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
}
