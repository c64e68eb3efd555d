import { policyDocument } from "../foundation/policy-document";

/**
 * What can be done from a chat channel, at most: look at alarms and draw their graphs. The same document is the channel
 * role's permissions and its guardrail, which also bounds the roles that members bring along.
 *
 * Source: Amazon Q Developer in chat applications Administrator Guide, "IAM policies", notification permissions.
 */
export function chatPolicy(): string {
  return policyDocument([
    {
      Sid: "DrawAlarms",
      Effect: "Allow",
      Action: ["cloudwatch:Describe*", "cloudwatch:Get*", "cloudwatch:List*"],
      Resource: "*",
    },
  ]);
}
