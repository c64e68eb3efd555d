import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import { announcement } from "../../../../operations/watch/drill/agree";
import { planDrill } from "../../../../operations/watch/drill/plan";
import { drillIn } from "../../../../operations/watch/drill/run";
import { fakeClients } from "./fake-clients";
import { arn, bus, identity, sound } from "./sound-account";

const request = { homeRegion: "eu-west-1", namePrefix: "baseline" };

describe("drill: before it sends", () => {
  const answers: [what: string, keys: string, code: number, says: RegExp][] = [
    ["Ctrl-C", "\u0003", 130, /\nStopped\. Nothing was sent\.\n$/],
    ["Ctrl-D", "\u0004", 1, /\nNothing was sent\.\n$/],
    ["no", "n\r", 1, /\nNothing was sent\.\n$/],
    ["nothing", "\r", 1, /\nNothing was sent\.\n$/],
  ];
  for (const [what, keys, expected, says] of answers) {
    it(`takes ${what} for no, ends with ${expected}, and sends nothing`, async () => {
      const { clients, calls } = fakeClients(sound);
      const input = Object.assign(new PassThrough(), { isTTY: true });
      const output = new PassThrough();
      let text = "";
      output.on("data", (data: Buffer) => {
        text += data.toString();
        // The question is written piece by piece; people answer when all of it is there.
        if (text.endsWith("\u001b[13G")) {
          input.write(keys);
        }
      });
      const code = await drillIn({ clients, identity }, request, { prefix: "baseline" }, { input, output });
      assert.equal(code, expected, text);
      assert.match(text, says);
      assert.doesNotMatch(text, /Stopped[^]*Stopped|sent[^]*sent/);
      assert.ok(calls.every(([operation]) => /^(get|list|describe)/.test(operation)));
    });
  }

  it("refuses to send where nobody can be asked", async () => {
    const terminal = { input: new PassThrough(), output: new PassThrough() };
    const run = drillIn({ clients: fakeClients(sound).clients, identity }, request, { prefix: "baseline" }, terminal);
    await assert.rejects(run, { code: "not-agreed", exitCode: 2 });
  });

  it("announces topics, events for each topic the rule tells, and alarms", async () => {
    const { clients } = fakeClients({
      ...sound,
      getTopicAttributes: () => ({ Attributes: {} }),
      listTargetsByRule: (_, region) => ({
        Targets:
          region === "eu-west-1"
            ? [{ Arn: arn(region) }, { Arn: arn(region, "baseline-chat-alerts") }]
            : [{ Arn: bus("eu-west-1") }],
      }),
    });
    const plan = await planDrill(clients, request, "2026-11-21T23:05:09Z");
    // Three topics, two regions to two topics, one alarm.
    assert.match(
      announcement(plan),
      /home region eu-west-1: a drill sends 8 message\(s\) to 3 topic\(s\) with 1 subscriber/,
    );
  });
});
