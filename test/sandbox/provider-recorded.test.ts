import assert from "node:assert/strict";
import { type Emulator } from "../../sandbox/emulator";
import { createSandboxProvider, type SandboxProvider } from "../../sandbox/provider";
import type { Props } from "../../common/properties";
import { startEmulator } from "../support/emulator";

const REGION = "eu-west-1";
const ACCOUNT = "123456789012";
const SETTING = "/ssm/documents/console/public-sharing-permission";
const chat = { configurationName: "alerts", iamRoleArn: "arn:aws:iam::123456789012:role/chat" };

/** Id and outputs as the real AWS plugin gives them. */
const expected: { type: string; given: Props; id: string; outputs: Props }[] = [
  {
    type: "aws:ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess",
    given: { state: "block-all-sharing" },
    id: REGION,
    outputs: {},
  },
  {
    type: "aws:ec2/imageBlockPublicAccess:ImageBlockPublicAccess",
    given: { state: "block-new-sharing" },
    id: ACCOUNT,
    outputs: {},
  },
  {
    type: "aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults",
    given: { httpTokens: "required" },
    id: ACCOUNT,
    outputs: { httpEndpoint: "no-preference", httpPutResponseHopLimit: -1, instanceMetadataTags: "no-preference" },
  },
  {
    type: "aws:ssm/serviceSetting:ServiceSetting",
    given: { settingId: SETTING, settingValue: "Disable" },
    id: SETTING,
    outputs: { arn: `arn:aws:ssm:${REGION}:${ACCOUNT}:servicesetting${SETTING}`, status: "Customized" },
  },
  {
    type: "aws:ssm/serviceSetting:ServiceSetting",
    given: { settingId: "arn:aws:ssm:eu-west-1:123456789012:servicesetting/ssm/x", settingValue: "1" },
    id: "arn:aws:ssm:eu-west-1:123456789012:servicesetting/ssm/x",
    outputs: { arn: "arn:aws:ssm:eu-west-1:123456789012:servicesetting/ssm/x" },
  },
  {
    type: "aws:accessanalyzer/analyzer:Analyzer",
    given: { analyzerName: "external", type: "ACCOUNT" },
    id: "external",
    outputs: { arn: `arn:aws:access-analyzer:${REGION}:${ACCOUNT}:analyzer/external` },
  },
  {
    type: "aws:chatbot/slackChannelConfiguration:SlackChannelConfiguration",
    given: { ...chat, slackChannelId: "C1", slackTeamId: "T1" },
    id: `arn:aws:chatbot::${ACCOUNT}:chat-configuration/slack-channel/alerts`,
    outputs: {
      chatConfigurationArn: `arn:aws:chatbot::${ACCOUNT}:chat-configuration/slack-channel/alerts`,
      guardrailPolicyArns: ["arn:aws:iam::aws:policy/AdministratorAccess"],
      loggingLevel: "NONE",
      userAuthorizationRequired: false,
    },
  },
  {
    type: "aws:chatbot/teamsChannelConfiguration:TeamsChannelConfiguration",
    given: { ...chat, channelId: "19%3A", teamId: "team", tenantId: "tenant", loggingLevel: "ERROR" },
    id: "team",
    outputs: {
      chatConfigurationArn: `arn:aws:chatbot::${ACCOUNT}:chat-configuration/microsoft-teams-channel/alerts`,
      loggingLevel: "ERROR",
    },
  },
];

describe("sandbox provider: resources that are recorded only", function () {
  this.timeout(60_000);
  let emulator: Emulator;
  let provider: SandboxProvider;

  before(async () => {
    emulator = await startEmulator();
    provider = createSandboxProvider({ endpoint: emulator.endpoint });
  });
  after(async () => {
    provider?.clients.destroy();
    await emulator?.stop();
  });

  for (const { type, given, id, outputs } of expected) {
    it(`${type} ${id}`, async () => {
      const urn = `urn:pulumi:test::baseline::${type}::it`;
      const { inputs } = (await provider.check(urn, {}, { region: REGION, ...given })) as { inputs: Props };
      const made = (await provider.create(urn, inputs)) as { id: string; outs: Props };
      assert.equal(made.id, id);
      assert.equal(made.outs["region"], REGION);
      for (const [name, value] of Object.entries({ ...given, ...outputs })) {
        assert.deepEqual(made.outs[name], value, name);
      }
      const told = provider.recorded().filter((each) => each.urn === urn);
      assert.deepEqual(told.map(({ property }) => property).sort(), Object.keys(given).sort());
      assert.ok(told.every(({ reason }) => reason.startsWith("the emulator has no API for ")));
      await provider.delete(made.id, urn, made.outs);
      assert.deepEqual(
        provider.recorded().filter((each) => each.urn === urn),
        [],
      );
    });
  }

  it("are replaced where the real ones are", async () => {
    const replaced = async (type: string, before: Props, after: Props) => {
      const urn = `urn:pulumi:test::baseline::${type}::it`;
      return (await provider.diff("id", urn, { __inputs: before }, after)).replaces;
    };
    const analyzer = "aws:accessanalyzer/analyzer:Analyzer";
    assert.deepEqual(await replaced(analyzer, { type: "ACCOUNT" }, { type: "ACCOUNT_UNUSED_ACCESS" }), ["type"]);
    assert.deepEqual(await replaced(analyzer, { tags: { a: "1" } }, { tags: { a: "2" } }), []);
    const selection = "aws:backup/selection:Selection";
    assert.deepEqual(await replaced(selection, { resources: ["a"] }, { resources: ["b"] }), ["resources"]);
    const lock = "aws:backup/vaultLockConfiguration:VaultLockConfiguration";
    assert.deepEqual(await replaced(lock, { minRetentionDays: 1 }, { minRetentionDays: 2 }), ["minRetentionDays"]);
  });
});
