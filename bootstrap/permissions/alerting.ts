import { named, type PermissionTable } from "./model";

const topics = named("sns", "");
const filters = named("logs", "log-group:/", "log-group:");
const alarms = named("cloudwatch", "alarm:");
const rules = named("events", "rule/");

/** What hears and says that something happened. */
export const alerting: PermissionTable = {
  "aws:sns/topic:Topic": {
    read: ["sns:GetTopicAttributes", "sns:ListTagsForResource"],
    write: ["sns:CreateTopic", "sns:DeleteTopic", "sns:SetTopicAttributes", "sns:TagResource", "sns:UntagResource"],
    scope: topics,
  },
  "aws:sns/topicPolicy:TopicPolicy": {
    read: ["sns:GetTopicAttributes"],
    write: ["sns:SetTopicAttributes"],
    scope: topics,
  },
  "aws:sns/topicSubscription:TopicSubscription": {
    read: ["sns:GetSubscriptionAttributes", "sns:ListSubscriptionsByTopic"],
    write: ["sns:SetSubscriptionAttributes", "sns:Subscribe", "sns:Unsubscribe"],
    scope: topics,
  },
  "aws:cloudwatch/logMetricFilter:LogMetricFilter": {
    read: ["logs:DescribeMetricFilters"],
    write: ["logs:DeleteMetricFilter", "logs:PutMetricFilter"],
    scope: filters,
  },
  "aws:cloudwatch/metricAlarm:MetricAlarm": {
    read: ["cloudwatch:DescribeAlarms", "cloudwatch:ListTagsForResource"],
    write: [
      "cloudwatch:DeleteAlarms",
      "cloudwatch:PutMetricAlarm",
      "cloudwatch:TagResource",
      "cloudwatch:UntagResource",
    ],
    scope: alarms,
  },
  "aws:cloudwatch/eventRule:EventRule": {
    read: ["events:DescribeRule", "events:ListTagsForResource"],
    write: [
      "events:DeleteRule",
      "events:DisableRule",
      "events:EnableRule",
      "events:PutRule",
      "events:TagResource",
      "events:UntagResource",
    ],
    scope: rules,
  },
  "aws:cloudwatch/eventTarget:EventTarget": {
    read: ["events:ListTargetsByRule"],
    write: ["events:PutTargets", "events:RemoveTargets"],
    scope: rules,
  },
  "aws:chatbot/slackChannelConfiguration:SlackChannelConfiguration": {
    read: ["chatbot:DescribeSlackChannelConfigurations", "chatbot:ListTagsForResource"],
    write: [
      "chatbot:CreateSlackChannelConfiguration",
      "chatbot:DeleteSlackChannelConfiguration",
      "chatbot:TagResource",
      "chatbot:UntagResource",
      "chatbot:UpdateSlackChannelConfiguration",
    ],
    scope: "everything",
  },
  "aws:chatbot/teamsChannelConfiguration:TeamsChannelConfiguration": {
    read: [
      "chatbot:GetMicrosoftTeamsChannelConfiguration",
      "chatbot:ListMicrosoftTeamsChannelConfigurations",
      "chatbot:ListTagsForResource",
    ],
    write: [
      "chatbot:CreateMicrosoftTeamsChannelConfiguration",
      "chatbot:DeleteMicrosoftTeamsChannelConfiguration",
      "chatbot:TagResource",
      "chatbot:UntagResource",
      "chatbot:UpdateMicrosoftTeamsChannelConfiguration",
    ],
    scope: "everything",
  },
};
