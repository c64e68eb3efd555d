import { type Case, document, REGION, text } from "./case";
import { withTopic, withRule } from "./things";

export const alertsCases: Case[] = [
  {
    type: "aws:sns/topic:Topic",
    inputs: () => ({ region: REGION, name: "alerts", displayName: "Alerts", kmsMasterKeyId: "k", tags: { a: "1" } }),
    drift: {
      paths: ["kmsMasterKeyId"],
      change: (clients, { id }) =>
        clients
          .sns(REGION)
          .setTopicAttributes({ TopicArn: id, AttributeName: "KmsMasterKeyId", AttributeValue: "other" }),
    },
    update: (inputs) => ({ ...inputs, displayName: "A", kmsMasterKeyId: "l", tags: { b: "2" } }),
  },
  {
    type: "aws:sns/topicPolicy:TopicPolicy",
    before: withTopic,
    inputs: ({ arn }) => ({ region: REGION, arn, policy: document("sns:Publish", text(arn)) }),
    drift: {
      paths: ["policy"],
      change: (clients, { id }) =>
        clients.sns(REGION).setTopicAttributes({
          TopicArn: id,
          AttributeName: "Policy",
          AttributeValue: document("sns:*", id),
        }),
    },
    update: (inputs) => ({ ...inputs, policy: document("sns:Subscribe", text(inputs["arn"])) }),
    stays: true,
  },
  {
    type: "aws:sns/topicSubscription:TopicSubscription",
    before: withTopic,
    inputs: ({ arn }) => ({ region: REGION, topic: arn, protocol: "email", endpoint: "security@example.com" }),
  },
  {
    type: "aws:cloudwatch/eventRule:EventRule",
    inputs: () => ({
      region: REGION,
      name: "findings",
      description: "d",
      eventPattern: JSON.stringify({ source: ["aws.guardduty"], detail: { severity: [{ numeric: [">=", 7] }] } }),
      state: "ENABLED",
      tags: { a: "1" },
    }),
    drift: {
      paths: ["state"],
      change: (clients, { id }) => clients.events(REGION).disableRule({ Name: id }),
    },
    update: (inputs) => ({ ...inputs, eventPattern: '{"source":["aws.health"]}', tags: { b: "2" } }),
  },
  {
    type: "aws:cloudwatch/eventTarget:EventTarget",
    before: withRule,
    inputs: ({ rule, arn }) => ({
      region: REGION,
      rule,
      targetId: "topic",
      arn,
      inputTransformer: { inputPaths: { id: "$.id" }, inputTemplate: '"finding <id>"' },
      deadLetterConfig: { arn: "arn:aws:sqs:eu-west-1:123456789012:letters" },
    }),
    drift: {
      paths: ["arn", "inputTransformer", "deadLetterConfig"],
      change: (clients, _made, { rule }) =>
        clients.events(REGION).putTargets({
          Rule: text(rule),
          Targets: [{ Id: "topic", Arn: "arn:aws:sns:eu-west-1:123456789012:elsewhere" }],
        }),
    },
    update: (inputs) => ({ ...inputs, inputTransformer: { inputPaths: {}, inputTemplate: '"finding"' } }),
  },
];
