import assert from "node:assert/strict";
import { sendDrill } from "../../../../operations/watch/drill/drill";
import { planDrill } from "../../../../operations/watch/drill/plan";
import { renderDrill } from "../../../../operations/watch/drill/render";
import { type Answers, awsError, fakeClients } from "./fake-clients";
import { alarm, arn, bus, sound } from "./sound-account";

const request = { homeRegion: "eu-west-1", namePrefix: "baseline" };
const without = (...regions: string[]): Answers => ({
  describeRule: (_, region) => {
    if (regions.includes(region)) {
      throw awsError("ResourceNotFoundException");
    }
    return { State: "ENABLED" };
  },
});
const noTopic: Answers = { getTopicAttributes: () => { throw awsError("NotFound"); } }; // prettier-ignore

async function drilled(changes: Answers = {}, more = {}) {
  const { clients, calls } = fakeClients({ ...sound, ...changes });
  const plan = await planDrill(clients, { ...request, ...more }, "2026-11-21T23:05:09Z");
  return { plan, report: await sendDrill(clients, plan, () => undefined), calls };
}

describe("drill: where home is, and what is there", () => {
  const refusals: [what: string, changes: Answers, more: object, code: string, says: RegExp][] = [
    ["the region forwards elsewhere", {}, { homeRegion: "us-east-1" }, "wrong-home", /Home is eu-west-1.*\n.*--region eu-west-1/],
    ["so, with the regions named", {}, { homeRegion: "us-east-1", regions: ["us-east-1"] }, "wrong-home", /--region eu-west-1/],
    ["it is excluded, and others forward elsewhere", { ...without("us-east-1"), listTargetsByRule: () => ({ Targets: [{ Arn: bus("sa-east-1") }] }) }, { homeRegion: "us-east-1" }, "wrong-home", /--region sa-east-1/],
    ["there is nothing of that prefix", { ...without("us-east-1", "eu-west-1"), ...noTopic }, { namePrefix: "nosuch" }, "no-baseline", /no baseline with the prefix nosuch in eu-west-1/],
    ["a named topic is missing", noTopic, { topics: ["foo"] }, "no-such-topic", /no topic foo in eu-west-1/],
  ]; // prettier-ignore
  for (const [what, changes, more, code, says] of refusals) {
    it(`ends before anything is sent when ${what}`, async () => {
      const { clients, calls } = fakeClients({ ...sound, ...changes });
      await assert.rejects(planDrill(clients, { ...request, ...more }, "2026-11-21T23:05:09Z"), (error) => {
        const { code: found, exitCode, message } = error as { code: string; exitCode: number; message: string };
        assert.deepEqual([found, exitCode, says.test(message)], [code, 2, true], message);
        return true;
      });
      assert.ok(calls.every(([operation]) => /^(get|list|describe)/.test(operation)));
    });
  }

  it("goes to the home region by itself when nobody said which it is", async () => {
    const { plan, report } = await drilled({}, { homeRegion: "us-east-1", homeIsGuessed: true });
    assert.deepEqual([plan.homeRegion, report.topics[0]?.arn, report.ok], ["eu-west-1", arn("eu-west-1"), true]);
  });

  it("is not sent in circles by regions that forward to each other", async () => {
    const circle: Answers = {
      listTargetsByRule: (_, region) => ({
        Targets: [{ Arn: bus(region === "eu-west-1" ? "us-east-1" : "eu-west-1") }],
      }),
    };
    await assert.rejects(drilled(circle, { homeIsGuessed: true }), { code: "wrong-home" });
  });

  it("fails when the home region's rule would stop what the named regions forward", async () => {
    const { report } = await drilled(without("eu-west-1"), { regions: ["us-east-1"] });
    assert.deepEqual(
      report.paths.filter(({ sent }) => !sent).map(({ path, region }) => [path, region]),
      [["event", "eu-west-1"]],
    );
  });

  it("leaves out enabled regions that have no rule, and says which", async () => {
    const { report, calls } = await drilled(without("us-east-1"));
    assert.deepEqual([report.ok, report.regions], [true, ["eu-west-1"]]);
    assert.match(report.notTried.join(), /no drill rule in 1 enabled region\(s\): us-east-1 \(excluded/);
    assert.ok(!calls.some(([operation, region]) => operation === "putEvents" && region === "us-east-1"));
  });

  it("fails for a region without a rule that was named", async () => {
    const { report } = await drilled(without("us-east-1"), { regions: ["eu-west-1", "us-east-1"] });
    assert.deepEqual([report.ok, /no drill rule/.test(report.notTried.join())], [false, false]);
  });

  it("gives no advice on mails where the topic is missing", async () => {
    const { report } = await drilled(noTopic);
    assert.match(renderDrill(report), /There is no topic baseline-alerts in eu-west-1/);
    assert.doesNotMatch(renderDrill(report), /click the link/);
  });

  it("takes a home rule that tells any of the home region's topics when topics are named", async () => {
    const { report } = await drilled({}, { topics: ["mine"], regions: ["eu-west-1"] });
    assert.deepEqual([report.ok, report.paths.find(({ path }) => path === "event")?.sent], [true, true]);
  });
});

describe("drill: alarms that are raised", () => {
  const raised = (StateReason: string): Answers => ({
    describeAlarms: (_, region) => ({
      MetricAlarms: region === "eu-west-1" ? [{ ...alarm, StateValue: "ALARM", StateReason }] : [],
    }),
  });
  const states = (calls: [string, string, Record<string, unknown>][]) =>
    calls.filter(([operation]) => operation === "setAlarmState").map(([, , { StateValue }]) => StateValue);

  it("sets one that a drill has raised back first", async () => {
    const { report, calls } = await drilled(raised("DRILL drill-1. Nothing has happened."));
    assert.deepEqual([report.ok, states(calls)], [true, ["OK", "ALARM"]]);
  });

  it("leaves one alone that is raised for a reason, and does not fail for it", async () => {
    const { report, calls } = await drilled(raised("Threshold Crossed: 12 > 10"));
    assert.deepEqual([report.ok, states(calls)], [true, []]);
    assert.match(report.notTried.join(), /alarms in eu-west-1: raised already/);
  });

  it("sets one off that is not raised with one change of state", async () => {
    assert.deepEqual(states((await drilled()).calls), ["ALARM"]);
  });
});
