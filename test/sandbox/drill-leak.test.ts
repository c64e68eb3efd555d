import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import { leakMachine } from "../../components/leak-response/leak-machine";
import { leakNames } from "../../components/leak-response/leak-names";
import { credentialFindingPattern, healthPattern } from "../../components/leak-response/leak-patterns";
import { withSession } from "../../aws/session";
import { type LeakDrillReport } from "../../operations/watch/drill/leak/report";
import { leakDrillRequest } from "../../operations/watch/drill/leak/request";
import { leakDrillIn } from "../../operations/watch/drill/leak/run";
import { findingSample, healthSamples } from "../../operations/watch/drill/leak/samples";
import { drillPath, drillTag } from "../../operations/watch/drill/leak/user-names";
import { defaultRegions } from "../../operations/preview/plan/offline-account";
import { type Ended, startCli } from "../support/cli";
import { throughBus } from "../support/event-bus";
import { type Asked, type Meddling, meddlingProxy, type MeddlingProxy } from "../support/meddling-proxy";
import { practice, type Practice } from "../support/practice";

const home = "eu-west-1";
const global = "us-east-1";
const account = "123456789012";
const regions = [home, global, "us-west-2"];
const { machine, machineArn, rules, deadLetters } = leakNames({
  namePrefix: "baseline",
  partition: "aws",
  accountId: account,
  region: home,
});
const denied = { status: 403, error: { __type: "AccessDenied", message: "no" } };
const contain = { partition: "aws", exemptUsers: [], exemptRoles: [], containRoles: [], mode: "contain" };

/** A key leaks for practice, and the response as `up` made it answers, carried out by the emulator. */
describe("drill leak, on an emulated account", function () {
  this.timeout(120_000);
  let stage: Practice;
  let proxy: MeddlingProxy;
  let meddle: (asked: Asked) => Meddling = () => undefined;

  before(async () => {
    stage = await practice(undefined, { "aws:region": home });
    stage.set(
      "excludeRegions",
      defaultRegions.filter((each) => !regions.includes(each)),
    );
    stage.set("leakResponse", { mode: "contain" });
    assert.equal((await stage.host.up("index")).outcome, "done");
    proxy = await meddlingProxy(stage.emulator.endpoint, (asked) => meddle(asked));
  });
  beforeEach(() => {
    meddle = () => undefined;
  });
  after(async () => {
    await proxy?.close();
    await stage?.end();
  });

  const start = (args: string[], environment = {}) =>
    startCli(["drill", "leak", "--endpoint", proxy.endpoint, ...args], environment);
  const drill = (...args: string[]) => start(["--region", home, "--timeout", "30", ...args]).ended;
  const json = async (...args: string[]): Promise<Ended & { report: LeakDrillReport }> => {
    const ended = await drill("--json", ...args);
    assert.notEqual(ended.stdout, "", ended.stderr);
    return { ...ended, report: JSON.parse(ended.stdout) as LeakDrillReport };
  };
  const users = async () => {
    const { Users = [] } = await stage.aws.iam().listUsers({ PathPrefix: drillPath });
    return Users.map(({ UserName = "" }) => UserName);
  };
  /** Another definition in the machine's place. */
  const machineIs = (definition: string) =>
    stage.aws.sfn(home).updateStateMachine({ stateMachineArn: machineArn, definition });

  it("contain: the key is Inactive, the seconds are told, and nothing is left", async () => {
    const { code, report, stdout, stderr } = await json();
    assert.equal(code, 0, stderr + stdout);
    const { mode, seconds, user, keyId = "", removal, ok, stopped } = report;
    assert.deepEqual([mode, ok, stopped, removal.gone], ["contain", true, false, true]);
    const { begun = NaN, inactive = NaN, answered = NaN } = seconds;
    assert.ok(begun >= 0 && inactive >= begun && answered >= begun && answered < 30, stdout);
    assert.match(user, /^baseline-leak-drill-\d{8}T\d{6}Z-[0-9a-f]{8}$/);
    assert.match(keyId, /^AKIA/);
    assert.match(report.verdict, new RegExp(`^Held: the key was Inactive ${inactive} s after the event`));
    assert.deepEqual(
      report.before.filter(({ holds }) => !holds),
      [],
    );
    assert.deepEqual(await users(), []);
    assert.doesNotMatch(stdout + stderr, /(?<![A-Za-z0-9/+])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+])|secretAccessKey/i);
  });

  it("says before what it makes, removes and has people told, and keeps to 80 columns", async () => {
    const { code, stdout, stderr } = await drill();
    assert.equal(code, 0, stderr + stdout);
    assert.match(
      stderr,
      new RegExp(`Account ${account}, home region ${home}[^]*ACCESS KEY\\s+LEAKED[^]*Tell them first`),
    );
    assert.match(
      stdout,
      /quarantine +us-east-1 +exercised\nAWS Health +us-east-1, us-west-2 +would be taken\nGuardDuty +3 regions +would be taken/,
    );
    assert.deepEqual(
      (stdout + stderr).split("\n").filter((line) => line.length > 80),
      [],
    );
  });

  it("what only AWS can send is held against the rules' own patterns", async () => {
    let result = true;
    meddle = ({ action, region }) =>
      action === "AWSEvents.TestEventPattern" ? { answer: { Result: result || region !== "us-west-2" } } : undefined;
    const states = ({ ways }: LeakDrillReport) =>
      ways.map(({ source, region, state }) => `${source} ${region} ${state}`);
    const findings = (await json()).report;
    assert.deepEqual(states(findings), [
      "quarantine us-east-1 exercised",
      ...["AWS Health us-east-1", "AWS Health us-west-2"].map((each) => `${each} would be taken`),
      ...findings.ways.slice(3).map(({ region }) => `GuardDuty ${region} would be taken`),
    ]);
    assert.deepEqual(
      findings.ways
        .slice(3)
        .map(({ region }) => region)
        .sort(),
      [...regions].sort(),
    );
    result = false;
    const { report } = await json();
    assert.match(report.ways[2]?.says ?? "", /pattern leaves out AWS_RISK_[^]*AWS_RISK_CREDENTIALS_COMPROMISED, /);
    assert.deepEqual([report.ways[2]?.state, report.ok], ["would not be taken", true]);
  });

  it("compares with samples that the rules' patterns do take", async () => {
    const now = new Date();
    const samples = [...healthSamples(account, global, now), findingSample(account, global, now)];
    const events = samples.map(({ source, "detail-type": detailType, detail }, index) => ({
      source,
      detailType,
      detail: { ...detail, eventID: `sample-${index}` },
    }));
    const patterns = { health: healthPattern(), finding: credentialFindingPattern(global) };
    const busRules = Object.entries(patterns).map(([name, pattern]) => ({ name, pattern, values: {} }));
    const taken = await throughBus(stage.aws, busRules, events);
    assert.deepEqual(taken.map(({ rule, eventId }) => `${rule} ${eventId}`).sort(), [
      `finding sample-${samples.length - 1}`,
      ...samples.slice(1).map((_, index) => `health sample-${index}`),
    ]);
    for (const Rule of Object.keys(patterns)) {
      await stage.aws.events(global).removeTargets({ Rule, Ids: ["queue"] });
      await stage.aws.events(global).deleteRule({ Name: Rule });
    }
  });

  it("makes nothing where there is no response, or home is elsewhere", async () => {
    let made = 0;
    meddle = ({ action }) => void (made += Number(action === "CreateUser"));
    const none = await drill("--prefix", "nosuch");
    assert.deepEqual([none.code, none.stdout], [2, ""], none.stderr);
    assert.match(none.stderr, /There is no state machine nosuch-leak-response in eu-west-1/);
    const wrong = await start(["--region", "us-west-2"]).ended;
    assert.deepEqual([wrong.code, wrong.stdout], [2, ""], wrong.stderr);
    assert.match(wrong.stderr, /Home is eu-west-1, not us-west-2[^]*--region eu-west-1/);
    assert.equal(made, 0);
  });

  it("finds home by itself when nobody said where it is", async () => {
    const { code, stdout, stderr } = await start(["--json", "--timeout", "30"], { AWS_REGION: global }).ended;
    assert.equal(code, 0, stderr + stdout);
    assert.equal((JSON.parse(stdout) as LeakDrillReport).homeRegion, home);
  });

  it("takes what cannot be meant for bad input", async () => {
    for (const [args, says] of [
      [["leak", "--timeout", "soon", "--region", home], /--timeout: "soon" is no number/],
      [["--region", home, "leak"], /--region stands before leak/],
    ] as const) {
      const { code, stderr } = await startCli(["drill", ...args]).ended;
      assert.equal(code, 2, stderr);
      assert.match(stderr, says);
    }
  });

  it("makes nothing where nobody agrees", async () => {
    let made = 0;
    meddle = ({ action }) => void (made += Number(action === "CreateUser"));
    const options = { region: home, prefix: "baseline", timeout: "30" };
    const run = (isTTY: boolean, keys: string) => {
      const input = Object.assign(new PassThrough(), { isTTY });
      const output = new PassThrough();
      output.on("data", (data: Buffer) => data.toString().endsWith("\u001b[14G") && input.write(keys));
      return withSession({ endpoint: proxy.endpoint }, (session) =>
        leakDrillIn(session, leakDrillRequest(options), options, { input, output }),
      );
    };
    await assert.rejects(run(false, ""), { code: "not-agreed", exitCode: 2 });
    assert.deepEqual([await run(true, "n\r"), await run(true, "\u0003")], [1, 130]);
    assert.equal(made, 0);
  });

  it("removes what it made when a call fails", async () => {
    meddle = ({ action }) => (action === "AttachUserPolicy" ? denied : undefined);
    const { code, report } = await json();
    assert.deepEqual([code, report.ok, report.removal.gone], [1, false, true]);
    assert.match(report.verdict, /may not call iam:AttachUserPolicy/);
    assert.deepEqual(await users(), []);
  });

  it("made nothing where it may make no user, and says no more than that", async () => {
    meddle = ({ action }) => (/^(CreateUser|DeleteUser|GetUser)$/.test(action) ? denied : undefined);
    const { code, report } = await json();
    assert.equal(code, 1);
    assert.match(report.verdict, /may not call iam:CreateUser/);
    assert.deepEqual([report.steps, report.removal.commands], [[], []]);
  });

  it("names what it could not remove, with the commands; a later drill removes it, once that one is over", async () => {
    meddle = ({ action }) => (/^(DeleteAccessKey|DeleteUser)$/.test(action) ? denied : undefined);
    const { code, stdout } = await drill();
    const [left = ""] = await users();
    assert.equal(code, 1);
    assert.match(stdout, new RegExp(`NOT REMOVED: ${left}[^]*may not call iam:DeleteAccessKey`));
    // What a shell makes of it: a backslash at the end of a line goes on in the next, any other is part of a word.
    const shell = stdout.replaceAll("\\\n", "");
    assert.match(
      shell,
      new RegExp(
        `^aws iam delete-access-key +--user-name ${left} +--access-key-id AKIA\\w+ +--region us-east-1 +--endpoint-url `,
        "m",
      ),
    );
    assert.match(
      shell,
      new RegExp(`^aws iam delete-user +--user-name ${left} +--region us-east-1 +--endpoint-url `, "m"),
    );
    assert.doesNotMatch(stdout, /detach-user-policy/);
    meddle = () => undefined;

    const meanwhile = await json();
    assert.match(meanwhile.stderr.replace(/\s+/g, " "), new RegExp(`may be running now, and left alone: ${left}`));
    assert.deepEqual([await users(), meanwhile.report.ok], [[left], true]);

    const Tags = [{ Key: drillTag, Value: new Date(Date.now() - 1000).toISOString() }];
    await stage.aws.iam().tagUser({ UserName: left, Tags });
    const stranger = { UserName: "baseline-leak-drill-stranger", Path: drillPath };
    await stage.aws.iam().createUser(stranger);
    const later = await json();
    assert.deepEqual(
      later.report.earlier.map(({ user, gone }) => [user, gone]),
      [[left, true]],
    );
    assert.deepEqual([await users(), later.code], [[stranger.UserName], 0]);
    await stage.aws.iam().deleteUser({ UserName: stranger.UserName });
  });

  it("denyUser: says whether everything was denied, and takes that policy off again", async () => {
    await machineIs(leakMachine({ ...contain, denyUser: true }));
    const { code, report, stdout } = await json();
    assert.equal(code, 0, stdout);
    assert.match(report.verdict, /denied everything/);
    assert.deepEqual(await users(), []);
  });

  it("a response that is done, and whose key still works, does not hold", async () => {
    const idle = leakMachine({ ...contain, denyUser: false }).replaceAll("iam:updateAccessKey", "iam:listAccessKeys");
    await machineIs(idle.replace("Answers leaked", "Once iam:updateAccessKey; answers leaked"));
    const { code, report } = await json();
    assert.equal(code, 3);
    assert.match(report.verdict, /was done after [\d.]+ s, and the key STILL WORKS[^]*execution:/);
  });

  it("a response that fails says why", async () => {
    const states = { Only: { Type: "Fail", Error: "Broken", Cause: "by hand" } };
    await machineIs(JSON.stringify({ Comment: "iam:updateAccessKey", StartAt: "Only", States: states }));
    const { code, report } = await json();
    assert.equal(code, 3);
    assert.match(report.verdict, new RegExp(`${machine} FAILED: Broken: by hand`));
    assert.deepEqual(await users(), []);
  });

  it("notify: people are told, and the key stays Active as set", async () => {
    stage.set("leakResponse", { mode: "notify" });
    assert.equal((await stage.host.up("index")).outcome, "done");
    const { code, report, stdout } = await json();
    assert.equal(code, 0, stdout);
    assert.deepEqual([report.mode, report.seconds.inactive], ["notify", undefined]);
    assert.match(report.verdict, /mode notify: people were told [\d.]+ s[^]*stayed Active, as set/);
    assert.deepEqual(await users(), []);
  });

  it("a rule that is gone: nothing comes, and it says why, with what the dead-letter queue got", async () => {
    await stage.aws.events(global).removeTargets({ Rule: rules.quarantine, Ids: ["leak-response"] });
    await stage.aws.events(global).deleteRule({ Name: rules.quarantine });
    const { ended } = start(["--region", home, "--timeout", "4", "--json"]);
    await until(async () => (await users()).length === 1);
    const { QueueUrl } = await stage.aws.sqs(home).getQueueUrl({ QueueName: deadLetters });
    await stage.aws.sqs(home).sendMessage({ QueueUrl, MessageBody: "an event" });
    const { code, stdout, stderr } = await ended;
    assert.equal(code, 3, stderr);
    assert.match(stderr.replace(/\s+/g, " "), /Does not hold, as it is: - us-east-1: quarantines go unanswered/);
    const { verdict, seconds, ways } = JSON.parse(stdout) as LeakDrillReport;
    assert.match(
      verdict,
      /^Nothing came to baseline-leak-response in 4[.\d]* s\.\nus-east-1: [^]*there is no rule baseline-leak-quarantine/,
    );
    assert.match(verdict, /1 event\(s\) more in the dead-letter queue/);
    assert.deepEqual([seconds, ways[0]?.state], [{}, "nothing came"]);
    assert.deepEqual(await users(), []);
  });

  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    it(`${signal} ends it with 130, once everything is removed`, async () => {
      const { child, ended } = start(["--region", home, "--timeout", "60"]);
      await until(async () => {
        const [UserName] = await users();
        const { AttachedPolicies = [] } = UserName ? await stage.aws.iam().listAttachedUserPolicies({ UserName }) : {};
        return AttachedPolicies.length === 1;
      });
      child.kill(signal);
      const { code, stdout, stderr } = await ended;
      assert.equal(code, 130, stderr);
      assert.match(stderr, /Stopping: baseline-leak-drill-\S+ is being removed/);
      assert.match(stdout, /user, key and policies removed[^]*Stopped before the response was done/);
      assert.deepEqual(await users(), []);
    });
  }
});

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
