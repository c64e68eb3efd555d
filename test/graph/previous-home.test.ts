import assert from "node:assert/strict";
import { requireSameHome } from "../../components/alert-channel/previous-home";
import { parseSettings } from "../../components/settings";
import { runProgram } from "../../engine/in-process/program";

const topicArn = "arn:aws:sns:us-east-1:123456789012:baseline-alerts";
const topic = { urn: "urn:topic", type: "aws:sns/topic:Topic", outputs: { arn: topicArn } };
const stack = (outputs: Record<string, unknown>) => ({ urn: "urn:stack", type: "pulumi:pulumi:Stack", outputs });
const standing = [stack({ alertTopicArn: topicArn }), topic];

describe("a stack whose home region or prefix changes", () => {
  async function check(
    resources: { urn: string; type: string; outputs: Record<string, unknown> }[],
    settings: Record<string, unknown>,
  ): Promise<string[]> {
    const said: string[] = [];
    await runProgram(
      {
        program: () => requireSameHome(parseSettings({ homeRegion: "us-east-1", ...settings })),
        project: "aws-prevention-baseline",
        stack: "test",
        config: {},
        preview: true,
        onLog: (message) => void said.push(message),
      },
      {
        register: ({ inputs }) => Promise.resolve({ outputs: inputs }),
        invoke: (token) => Promise.reject(new Error(token)),
        resources: () => resources,
      },
    );
    return said;
  }

  const quiet: [what: string, resources: typeof standing, settings: Record<string, unknown>][] = [
    ["a new stack", [], { homeRegion: "eu-west-1" }],
    ["a stack that stays as it is", standing, {}],
    ["a stack of which only the evidence is left", [stack({ alertTopicArn: topicArn })], { homeRegion: "eu-west-1" }],
    ["a stack with another program's outputs", [stack({ alertTopicArn: "x" }), topic], { homeRegion: "eu-west-1" }],
  ];
  for (const [what, resources, settings] of quiet) {
    it(`says nothing of ${what}`, async () => assert.deepEqual(await check(resources, settings), []));
  }

  it("is refused before anything is done when its alerts stand elsewhere", async () => {
    await assert.rejects(check(standing, { homeRegion: "eu-west-1" }), {
      code: "home-region-moves",
      message: /at home in us-east-1, and the settings say eu-west-1.*\n?.*docs\/moving\.md/,
    });
  });

  it("is warned when nearly everything is to be replaced under another prefix", async () => {
    const [warning = ""] = await check(standing, { namePrefix: "acme" });
    assert.match(warning, /begin with baseline, and the settings say acme.*docs\/moving\.md/);
  });
});
