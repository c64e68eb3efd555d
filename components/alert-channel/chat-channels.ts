import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { BaselineError, ExitCode } from "../../common/errors";
import { type Placement } from "../foundation/placement";
import { serviceTrust } from "../foundation/policy-document";
import { type SlackChannel, type TeamsChannel } from "../foundation/settings/model";
import { chatPolicy } from "./chat-policies";

/** `region` is the home region. The configurations themselves belong to no region: see `chatRegion`. */
export interface ChatChannelsArgs extends Placement {
  /** The workspace must have been authorised once in the console of Amazon Q Developer. */
  slack: SlackChannel[];
  /** At most one channel of each team; the team must have been authorised once in the console of Amazon Q Developer. */
  teams: TeamsChannel[];
  /** Topics of any region whose messages the channels show. */
  topicArns: pulumi.Input<string>[];
}

/**
 * Alerts in Slack and Microsoft Teams, by way of Amazon Q Developer in chat applications (formerly AWS Chatbot). From a
 * channel one can look at alarms and nothing else: the guardrail is set, because AWS's own is AdministratorAccess.
 */
export class ChatChannels extends pulumi.ComponentResource {
  /** ARN of the role the service has in the account. */
  readonly roleArn: pulumi.Output<string>;

  constructor(name: string, args: ChatChannelsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("baseline:index:ChatChannels", name, args, opts);
    requireSupported(args);
    const child = { parent: this };
    const { namePrefix, tags } = args;

    const policy = new aws.iam.Policy(
      `${name}-policy`,
      {
        name: `${namePrefix}-chat`,
        description: "From a chat channel: look at alarms, and nothing else",
        policy: chatPolicy(),
        tags,
      },
      child,
    );
    const role = new aws.iam.Role(
      `${name}-role`,
      {
        name: `${namePrefix}-chat`,
        description: "Lets Amazon Q Developer draw alarms in chat channels",
        // No aws:SourceAccount: AWS's own template of this trust has none, nor is it documented to be sent.
        assumeRolePolicy: serviceTrust("chatbot.amazonaws.com"),
        tags,
      },
      child,
    );
    const attachment = new aws.iam.RolePolicyAttachment(
      `${name}-role-policy`,
      // Computed, so that a preview can tell what is attached.
      { role: role.name, policyArn: `arn:${args.partition}:iam::${args.accountId}:policy/${namePrefix}-chat` },
      { ...child, dependsOn: policy },
    );

    const common = {
      region: chatRegion(args.region),
      iamRoleArn: role.arn,
      guardrailPolicyArns: [policy.arn],
      snsTopicArns: args.topicArns,
      // Errors go to CloudWatch Logs in us-east-1, which is where a message that was not shown leaves a trace.
      loggingLevel: "ERROR",
      userAuthorizationRequired: true,
      tags,
    };
    // A channel is configured once in an account: under another name, the old configuration has to go first.
    const once = { ...child, deleteBeforeReplace: true, dependsOn: attachment };
    for (const { workspaceId, channelId } of args.slack) {
      new aws.chatbot.SlackChannelConfiguration(
        `${name}-slack-${channelId}`,
        {
          ...common,
          configurationName: `${namePrefix}-slack-${channelId}`,
          slackTeamId: workspaceId,
          slackChannelId: channelId,
        },
        once,
      );
    }
    for (const { tenantId, teamId, channelId } of args.teams) {
      new aws.chatbot.TeamsChannelConfiguration(
        `${name}-teams-${teamId}`,
        { ...common, configurationName: `${namePrefix}-teams-${teamId}`, tenantId, teamId, channelId },
        once,
      );
    }

    this.roleArn = role.arn;
    this.registerOutputs({ roleArn: this.roleArn });
  }
}

/** Where the service has an API; elsewhere the name of its endpoint does not even resolve. */
const chatRegions = ["us-east-2", "us-west-2", "eu-west-1", "ap-southeast-1"];

/**
 * The region whose service is asked; which one makes no difference, because configurations are copied to all of them and
 * show topics of any region.
 *
 * Source: AWS General Reference, "Amazon Q Developer in chat applications endpoints and quotas"; its API reference,
 * "Welcome".
 */
export function chatRegion(homeRegion: string): string {
  return chatRegions.includes(homeRegion) ? homeRegion : "us-east-2";
}

/** Said before anything is made, rather than by AWS half way through. */
function requireSupported({ partition, slack, teams }: ChatChannelsArgs): void {
  const repeated = (keys: string[]) => [...new Set(keys.filter((key, index) => keys.indexOf(key) !== index))];
  const problems = [
    ...(partition === "aws"
      ? []
      : [`there is no Amazon Q Developer in chat applications in the partition ${partition}`]),
    ...repeated(slack.map(({ channelId }) => channelId)).map((id) => `slack: the channel ${id} is there twice`),
    ...repeated(teams.map(({ teamId }) => teamId)).map((id) => `teams: the team ${id} has more than one channel`),
  ];
  if (problems.length > 0) {
    throw new BaselineError(
      "chat-not-possible",
      `Alerts cannot be sent to chat as alertChannel says: ${problems.join("; ")}.`,
      "Name each Slack channel and each Microsoft Teams team once; outside the partition aws, name none.",
      ExitCode.badInput,
    );
  }
}
