import assert from "node:assert/strict";
import { type AwsClients } from "../../aws/clients";
import { accountClients } from "../../aws/account-clients";
import { type DriftRequest, lookForDrift, type StackDrift } from "../../operations/watch/drift/look";
import { lookAndFix } from "../../operations/watch/drift/session";
import { differencesOf } from "../../operations/watch/drift/words";
import { defaultRegions } from "../../operations/preview/plan/offline-account";
import { practice, type Practice } from "../support/practice";
import { type Scene } from "./drift-case";
import { driftCases } from "./drift-cases";
import { quietCases } from "./quiet-cases";

const home = "us-east-1";
const away = "eu-west-1";
const later = "eu-north-1";

describe("drift that a refresh alone does not show", function () {
  this.timeout(600_000);
  let stage: Practice;
  let aws: AwsClients;
  let scene: Scene;
  let request: DriftRequest & { host: Practice["host"] };

  before(async () => {
    const settings = {
      "aws:region": home,
      "aws-prevention-baseline:alertChannel": { emails: ["security@example.com"] },
      "aws-prevention-baseline:trailAlarms": { enabled: false },
      "aws-prevention-baseline:complianceRules": { enabled: false },
    };
    stage = await practice(undefined, settings);
    covering(home, away);
    await stage.host.up("index");
    aws = accountClients({ endpoint: stage.emulator.endpoint, defaultRegion: home });
    scene = { aws, accountId: stage.emulator.accountId, home, away };
    request = { host: stage.host, project: "p", stack: "practice", aws, who: false, regions: [home, away] };
  });
  after(async () => {
    aws?.destroy();
    await stage?.end();
  });

  it("is clean before", async () => {
    const { state, items } = await lookForDrift(request);
    assert.deepEqual([state, items], ["clean", []]);
  });

  describe("because the state was written", () => {
    const stopped = driftCases.filter(({ control }) => ["AuditTrail", "ThreatDetection"].includes(control));

    it("by a refresh: what was tampered with still shows, and so does that the state has it", async () => {
      await stopped[0]?.tamper?.(scene);
      const before = await lookForDrift({ ...request, unmanaged: false });
      assert.deepEqual(told(before), [["AuditTrail", "changed", undefined]]);
      await writeRefreshed(stage);
      const after = await lookForDrift({ ...request, unmanaged: false });
      assert.deepEqual(told(after), [["AuditTrail", "changed", true]]);
      assert.deepEqual(after.items[0]?.differences, [{ path: "enableLogging", expected: true, found: false }]);
    });

    it("by somebody who took resources out of it", async () => {
      const rules = stage.state.list().filter(({ type }) => type.endsWith(":EventRule"));
      assert.ok(rules.length > 3);
      rules.forEach(({ urn }) => stage.state.remove(urn));
      const { items, checked } = await lookForDrift({ ...request, unmanaged: false });
      const missing = items.filter(({ change }) => change === "missing");
      assert.deepEqual(missing.map(({ urn }) => urn).sort(), rules.map(({ urn }) => urn).sort());
      assert.ok(missing.every(({ severity }) => severity === "high"));
      assert.equal(checked, stage.state.list().length + rules.length);
      rules.forEach((each) => stage.state.put(each));
    });

    it("by somebody who emptied it: unknown, never clean, and no list of all the program has", async () => {
      const all = stage.state.list();
      all.forEach(({ urn }) => stage.state.remove(urn));
      const { state, items } = await lookForDrift({ ...request, unmanaged: false });
      assert.deepEqual([state, items.length], ["unknown", 1]);
      assert.match(items[0]?.reason ?? "", new RegExp(`none of the ${all.length} resources that the program declares`));
      all.forEach((each) => stage.state.put(each));
    });

    it("is put right all the same", async () => {
      const output = { write: () => true } as unknown as NodeJS.WritableStream;
      const terminal = { input: process.stdin, output };
      const { exitCode } = await lookAndFix({ ...request, unmanaged: false }, { yes: true, terminal });
      assert.equal(exitCode, 0);
    });
  });

  it("names what the program no longer declares, and a fix leaves it alone", async () => {
    stage.set("billingAlarm", { enabled: false });
    const { items } = await lookForDrift({ ...request, unmanaged: false });
    assert.ok(items.length > 0);
    assert.deepEqual([...new Set(items.map(({ change, severity }) => `${change} ${severity}`))], ["undeclared low"]);
    const said: string[] = [];
    const output = { write: (text: string) => said.push(text) } as unknown as NodeJS.WritableStream;
    await lookAndFix({ ...request, unmanaged: false }, { yes: true, terminal: { input: process.stdin, output } });
    assert.match(said.join(""), /nothing to fix/);
    stage.set("billingAlarm", { enabled: true });
  });

  it("calls a region that is enabled later and has nothing of the baseline one thing, and critical", async () => {
    covering(home, away, later);
    const { items } = await lookForDrift({ ...request, unmanaged: false });
    assert.deepEqual(
      items.map(({ type, name, change, severity }) => [type, name, change, severity]),
      [["aws:account/region:Region", later, "missing", "critical"]],
    );
    assert.ok((items[0]?.includes?.length ?? 0) > 10);
    covering(home, away);
  });

  describe("because it is beside the program, or the program says nothing of it", () => {
    let found: StackDrift;

    before(async () => {
      for (const { tamper } of quietCases) {
        await tamper(scene);
      }
      found = await lookForDrift(request);
    });

    for (const { says, control, type, region, change, severity, name, shows } of quietCases) {
      it(says, () => {
        const item = found.items.find((each) => each.type.endsWith(`:${type}`) && name.test(each.name));
        assert.deepEqual(
          [item?.control, item?.change, item?.severity, item?.region],
          [control, change, severity, region?.(scene)],
        );
        const [path, expected, there] = shows;
        const difference = differencesOf(item!).find((each) => each.path === path);
        assert.match(difference?.expected ?? "", expected);
        assert.match(difference?.found ?? "", there);
        assert.ok(item?.means);
      });
    }

    it("nothing else is told", () =>
      assert.equal(found.items.length, quietCases.length, JSON.stringify(told(found), undefined, 1)));

    it("a fix sets back what the program has, and leaves alone what it has not", async () => {
      const said: string[] = [];
      const output = { write: (text: string) => said.push(text) } as unknown as NodeJS.WritableStream;
      const { report } = await lookAndFix(request, { yes: true, terminal: { input: process.stdin, output } });
      const beside = quietCases.filter(({ change }) => change === "unmanaged");
      assert.equal(report.items.length, beside.length, JSON.stringify(told(report), undefined, 1));
      assert.ok(report.items.every(({ change }) => change === "unmanaged"));
      assert.match(said.join(""), /filterPolicy: .* becomes nothing/);
      assert.match(said.join(""), /left alone: AlertChannel, us-east-1: TopicSubscription/);
    });
  });

  function covering(...regions: string[]): void {
    stage.set(
      "excludeRegions",
      defaultRegions.filter((each) => !regions.includes(each)),
    );
  }
});

function told({ items }: StackDrift): unknown[] {
  return items.map(({ control, change, inState }) => [control, change, inState]);
}

/** What `pulumi refresh` does: the state says what the account has. */
async function writeRefreshed({ state, provider }: Practice): Promise<void> {
  for (const each of state.list()) {
    const { id, inputs, props } = (await provider.read(each.id, each.urn, each.outputs)) as Partial<
      Record<"inputs" | "props", Record<string, unknown>>
    > & { id?: string };
    if (id) {
      state.put({ ...each, inputs, outputs: props } as typeof each);
    } else {
      state.remove(each.urn);
    }
  }
}
