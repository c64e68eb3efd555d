import { named, type PermissionTable } from "./model";

const queues = named("sqs", "");

/** What answers a leaked key. */
export const response: PermissionTable = {
  "aws:sfn/stateMachine:StateMachine": {
    read: [
      "states:DescribeStateMachine",
      "states:ListStateMachineVersions",
      "states:ListTagsForResource",
      // The provider has a new or changed definition checked while it plans. Source: terraform-provider-aws, CustomizeDiff
      // of aws_sfn_state_machine. The action knows no resource.
      "states:ValidateStateMachineDefinition",
    ],
    write: [
      "states:CreateStateMachine",
      "states:DeleteStateMachine",
      "states:TagResource",
      "states:UntagResource",
      "states:UpdateStateMachine",
    ],
    scope: named("states", "stateMachine:"),
  },
  "aws:cloudwatch/eventBus:EventBus": {
    read: ["events:DescribeEventBus", "events:ListTagsForResource"],
    write: [
      "events:CreateEventBus",
      "events:DeleteEventBus",
      "events:TagResource",
      "events:UntagResource",
      "events:UpdateEventBus",
    ],
    scope: named("events", "event-bus/"),
  },
  "aws:cloudwatch/eventBusPolicy:EventBusPolicy": {
    read: ["events:DescribeEventBus"],
    write: ["events:PutPermission", "events:RemovePermission"],
    // IAM cannot narrow these two to a bus.
    scope: "everything",
  },
  "aws:sqs/queue:Queue": {
    read: ["sqs:GetQueueAttributes", "sqs:GetQueueUrl", "sqs:ListQueueTags"],
    write: ["sqs:CreateQueue", "sqs:DeleteQueue", "sqs:SetQueueAttributes", "sqs:TagQueue", "sqs:UntagQueue"],
    scope: queues,
  },
  "aws:sqs/queuePolicy:QueuePolicy": {
    read: ["sqs:GetQueueAttributes"],
    write: ["sqs:SetQueueAttributes"],
    scope: queues,
  },
};
