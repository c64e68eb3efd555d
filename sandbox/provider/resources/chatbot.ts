import type { SlackChannelConfigurationArgs } from "@pulumi/aws/chatbot/slackChannelConfiguration";
import type { TeamsChannelConfigurationArgs } from "@pulumi/aws/chatbot/teamsChannelConfiguration";
import { accountIdOf } from "../account-id";
import type { Clients } from "../clients";
import { recordedResource } from "../recorded-resource";

const why = "the emulator has no API for AWS Chatbot";

export const slackChannelConfiguration = recordedResource<SlackChannelConfigurationArgs>({
  type: "aws:chatbot/slackChannelConfiguration:SlackChannelConfiguration",
  properties: [
    "region", "configurationName", "iamRoleArn", "slackChannelId", "slackTeamId", "snsTopicArns", "guardrailPolicyArns",
    "loggingLevel", "userAuthorizationRequired", "tags",
  ], // prettier-ignore
  required: ["configurationName", "iamRoleArn", "slackChannelId", "slackTeamId"],
  replaceOn: ["region"],
  steering: ["timeouts"],
  why,
  id: ({ clients }, { configurationName }) => arnOf(clients, "slack-channel", configurationName),
  outputs: (_context, id, inputs) => ({ chatConfigurationArn: id, ...defaultsOf(inputs) }),
});

export const teamsChannelConfiguration = recordedResource<TeamsChannelConfigurationArgs>({
  type: "aws:chatbot/teamsChannelConfiguration:TeamsChannelConfiguration",
  properties: [
    "region", "configurationName", "iamRoleArn", "channelId", "channelName", "teamId", "teamName", "tenantId",
    "snsTopicArns", "guardrailPolicyArns", "loggingLevel", "userAuthorizationRequired", "tags",
  ], // prettier-ignore
  required: ["configurationName", "iamRoleArn", "channelId", "teamId", "tenantId"],
  replaceOn: ["region"],
  steering: ["timeouts"],
  why,
  // @pulumi/aws finds it by the team, and so takes one channel of each.
  id: (_context, { teamId }) => teamId,
  outputs: async ({ clients }, _id, inputs) => ({
    chatConfigurationArn: await arnOf(clients, "microsoft-teams-channel", inputs.configurationName),
    ...defaultsOf(inputs),
  }),
});

async function arnOf(clients: Clients, kind: string, name: string): Promise<string> {
  return `arn:aws:chatbot::${await accountIdOf(clients)}:chat-configuration/${kind}/${name}`;
}

interface Choices {
  readonly guardrailPolicyArns?: string[];
  readonly loggingLevel?: string;
  readonly userAuthorizationRequired?: boolean;
}

/** What AWS chooses where the program does not. */
function defaultsOf({ guardrailPolicyArns, loggingLevel, userAuthorizationRequired }: Choices) {
  return {
    guardrailPolicyArns: guardrailPolicyArns ?? ["arn:aws:iam::aws:policy/AdministratorAccess"],
    loggingLevel: loggingLevel ?? "NONE",
    userAuthorizationRequired: userAuthorizationRequired ?? false,
  };
}
