import { type Case, REGION } from "./case";

const shared = {
  region: REGION,
  configurationName: "alerts",
  iamRoleArn: "arn:aws:iam::123456789012:role/chatbot",
  snsTopicArns: [`arn:aws:sns:${REGION}:123456789012:alerts`],
  guardrailPolicyArns: ["arn:aws:iam::aws:policy/ReadOnlyAccess"],
  tags: { a: "1" },
};

export const chatbotCases: Case[] = [
  {
    type: "aws:chatbot/slackChannelConfiguration:SlackChannelConfiguration",
    inputs: () => ({ ...shared, slackChannelId: "C07EZ1ABC23", slackTeamId: "T07EA123LEP" }),
    update: (inputs) => ({ ...inputs, slackChannelId: "C07EZ1ABC24" }),
    stays: true,
  },
  {
    type: "aws:chatbot/teamsChannelConfiguration:TeamsChannelConfiguration",
    inputs: () => ({ ...shared, channelId: "19%3Aabc%40thread.tacv2", teamId: "team-1", tenantId: "tenant-1" }),
    update: (inputs) => ({ ...inputs, tags: { b: "2" } }),
    stays: true,
  },
];
