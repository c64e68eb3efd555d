import { type Case, document, REGION, text } from "./case";

const machine = (Type: string) => JSON.stringify({ StartAt: "Only", States: { Only: { Type } } });
const busDocument = (Action: string) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "Puts",
        Effect: "Allow",
        Principal: { AWS: "arn:aws:iam::123456789012:root" },
        Action,
        Resource: "arn:aws:events:us-east-1:123456789012:event-bus/leaks",
      },
    ],
  });
const roleArn = "arn:aws:iam::123456789012:role/machine";

export const responseCases: Case[] = [
  {
    type: "aws:sfn/stateMachine:StateMachine",
    inputs: () => ({ region: REGION, name: "answers", definition: machine("Succeed"), roleArn, tags: { a: "1" } }),
    drift: {
      paths: ["definition"],
      change: (clients, { id }) =>
        clients.sfn(REGION).updateStateMachine({ stateMachineArn: id, definition: machine("Fail") }),
    },
    update: (inputs) => ({ ...inputs, definition: machine("Fail"), tags: { b: "2" } }),
  },
  {
    type: "aws:cloudwatch/eventBus:EventBus",
    inputs: () => ({ region: REGION, name: "leaks", description: "d", tags: { a: "1" } }),
    update: (inputs) => ({ ...inputs, tags: { b: "2" } }),
  },
  {
    type: "aws:cloudwatch/eventBusPolicy:EventBusPolicy",
    before: async (make) => {
      await make("aws:cloudwatch/eventBus:EventBus", { region: REGION, name: "leaks" });
      return {};
    },
    inputs: () => ({ region: REGION, eventBusName: "leaks", policy: busDocument("events:PutEvents") }),
    drift: {
      paths: ["policy"],
      change: (clients) =>
        clients.events(REGION).putPermission({ EventBusName: "leaks", Policy: busDocument("events:*") }),
    },
    update: (inputs) => ({ ...inputs, policy: busDocument("events:PutRule") }),
  },
  {
    type: "aws:sqs/queue:Queue",
    inputs: () => ({
      region: REGION,
      name: "letters",
      messageRetentionSeconds: 1_209_600,
      sqsManagedSseEnabled: true,
      tags: { a: "1" },
    }),
    drift: {
      paths: ["messageRetentionSeconds"],
      change: (clients, { id }) =>
        clients.sqs(REGION).setQueueAttributes({ QueueUrl: id, Attributes: { MessageRetentionPeriod: "60" } }),
    },
    update: (inputs) => ({ ...inputs, messageRetentionSeconds: 86_400, tags: { b: "2" } }),
  },
  {
    type: "aws:sqs/queuePolicy:QueuePolicy",
    before: async (make) => {
      const { id } = await make("aws:sqs/queue:Queue", { region: REGION, name: "letters" });
      return { queueUrl: id };
    },
    inputs: ({ queueUrl }) => ({ region: REGION, queueUrl: text(queueUrl), policy: document("sqs:SendMessage") }),
    drift: {
      paths: ["policy"],
      change: (clients, { id }) =>
        clients.sqs(REGION).setQueueAttributes({ QueueUrl: id, Attributes: { Policy: document("sqs:*") } }),
    },
    update: (inputs) => ({ ...inputs, policy: document("sqs:ReceiveMessage") }),
  },
];
