import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import { type AddressInfo } from "node:net";
import { PassThrough } from "node:stream";
import { type AwsClients, lazyClients } from "../../../../aws/clients";
import { type Observation } from "../../../../common/observation";
import { lookForDrift } from "../../../../operations/watch/drift/look";
import { driftExitCode, lookAndFix } from "../../../../operations/watch/drift/session";
import { driftAsText } from "../../../../operations/watch/drift/render";
import { type StackHost } from "../../../../engine/stack-host";
import { unmanagedIn, untold } from "../../../../operations/watch/drift/unmanaged";
import { type Survey } from "../../../../operations/account/survey/model";
import { type RunResult } from "../../../../engine/host";

const urn = "urn:pulumi:s::p::baseline:index:AuditTrail$aws:cloudtrail/trail:Trail::trail";
const stopped: Observation = {
  urn,
  type: "aws:cloudtrail/trail:Trail",
  name: "trail",
  id: "arn:aws:cloudtrail:us-east-1:123456789012:trail/t",
  region: "us-east-1",
  state: "changed",
  differences: [{ path: "enableLogging", expected: true, found: false }],
  dependsOn: [],
};
const done: RunResult = { outcome: "done", steps: [], findings: [] };

/** A stack that is first as one observation has it, and clean once somebody has run `up` on it. */
function stack(first: Observation, result: RunResult = done): StackHost & { fixed: string[][] } {
  const fixed: string[][] = [];
  return {
    fixed,
    engine: "fake",
    provider: "fake",
    preview: () => Promise.resolve(done),
    up: () => Promise.resolve(done),
    refresh: () => Promise.resolve([fixed.length > 0 ? { ...first, state: "same", differences: [] } : first]),
    resources: () => Promise.resolve([{ urn, type: first.type, id: first.id, custom: true }]),
    upOnly: (_program, urns) => {
      if (result.outcome === "done") fixed.push(urns);
      return Promise.resolve(result);
    },
    recordedOnly: () => [],
    close: () => Promise.resolve(),
  };
}

describe("a look at what the program does not manage, when AWS does not answer", () => {
  let server: Server | undefined;
  let aws: AwsClients | undefined;

  afterEach(() => {
    aws?.destroy();
    server?.close();
  });

  const refusals: [what: string, status: number, code: string, says: RegExp][] = [
    ["the token has expired", 403, "ExpiredToken", /The AWS credentials have expired\./],
    ["AWS throttles", 400, "Throttling", /sts:GetCallerIdentity failed in us-east-1/],
    ["it is forbidden", 403, "AccessDenied", /may not call sts:GetCallerIdentity/],
    ["nothing answers", 0, "", /sts:GetCallerIdentity failed in us-east-1/],
  ];
  for (const [what, status, code, says] of refusals) {
    it(`is doubt, in one sentence, and exit code 1: ${what}`, async () => {
      server = createServer((_request, response) => {
        response.writeHead(status, { "content-type": "text/xml" });
        response.end(`<ErrorResponse><Error><Code>${code}</Code><Message>no</Message></Error></ErrorResponse>`);
      });
      await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
      const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      if (status === 0) server.close();
      const credentials = { accessKeyId: "a", secretAccessKey: "b" };
      aws = lazyClients("us-east-1", (_service, region) => ({ region, endpoint, credentials, maxAttempts: 1 }));
      const clean = { ...stopped, state: "same" as const, differences: [] };
      // Who it is was asked before; since then nothing answers.
      const known = { project: "p", stack: "s", aws, who: false, accountIds: ["123456789012"] };
      const report = await lookForDrift({ host: stack(clean), ...known });
      assert.equal(driftExitCode[report.state], 1);
      assert.match(driftAsText(report), says);
      const drifted = await lookForDrift({ host: stack(stopped), ...known });
      assert.equal(driftExitCode[drifted.state], 7);
    });
  }
});

describe("what the program does not manage", () => {
  const survey: Survey = {
    accountId: "123456789012",
    partition: "aws",
    regions: ["us-east-1", "eu-west-1"],
    detectors: [],
    recorders: ["us-east-1", "eu-west-1"].map((region) => ({
      region,
      name: "default",
      arn: `arn:${region}`,
      tags: {},
      recording: true,
      allTypes: true,
      roleArn: "r",
    })),
    channels: [],
    trails: [],
    analyzers: [],
    defaultSecurityGroups: [],
    budgets: [],
    users: ["mina", "robot"].map((name) => ({ name, arn: `arn:aws:iam::123456789012:user/${name}`, createdAt: "" })),
    controlTowerRoles: [],
    problems: [],
  };
  const state = [
    { urn: "u1", type: "aws:cfg/recorder:Recorder", id: "default", inputs: { region: "us-east-1" } },
    { urn: "u2", type: "aws:iam/userGroupMembership:UserGroupMembership", id: "x", inputs: { user: "mina" } },
  ];
  const names = (known = {}) => unmanagedIn(survey, state, known).map(({ name, region }) => [name, region]);

  it("is told apart by region where all have one name, and by membership where they are users", () => {
    assert.deepEqual(names(), [
      ["default", "eu-west-1"],
      ["robot", undefined],
    ]);
  });

  it("leaves out what the settings leave alone", () => {
    assert.deepEqual(names({ exemptUsers: ["robot"], skipped: ["ConfigRecording@eu-west-1"] }), []);
    assert.deepEqual(names({ exemptUsers: ["robot"], skipped: ["ConfigRecording"] }), []);
    assert.deepEqual(names({ skipped: ["ConfigRecording@us-east-1", "MfaEnforcement"] }), [["default", "eu-west-1"]]);
  });

  it("says once what could not be told in many regions, and nothing of what is not there", () => {
    const problem = { kind: "detectors", action: "guardduty:ListDetectors", reason: "Denied." } as const;
    const problems = [
      { ...problem, region: "us-east-1", cause: "denied" as const },
      { ...problem, region: "eu-west-1", cause: "denied" as const },
      { ...problem, region: "xx-new-1", cause: "unsupported" as const },
      { ...problem, kind: "budgets" as const, region: "us-east-1", cause: "denied" as const },
    ];
    const items = untold({ ...survey, problems });
    assert.deepEqual(
      items.map(({ state: is, control, reason }) => [is, control, reason]),
      [["unknown", "ThreatDetection", "Denied. The same in 1 more regions."]],
    );
  });
});

describe("drift --fix", () => {
  const looking = (host: StackHost) => ({ host, project: "p", stack: "s" });
  function terminal(answer?: string) {
    const input = Object.assign(new PassThrough(), { isTTY: answer !== undefined });
    const output = new PassThrough();
    let said = "";
    output.on("data", (data: Buffer) => {
      said += data.toString();
      if (answer !== undefined && said.includes("Fix? [y/N]")) input.write(answer);
    });
    return { input, output, said: () => said };
  }

  it("shows what it would do, asks, does it, and looks again", async () => {
    const host = stack(stopped);
    const at = terminal("y\n");
    const { exitCode, report } = await lookAndFix(looking(host), { terminal: at });
    assert.deepEqual([exitCode, report.state, host.fixed], [0, "clean", [[urn]]]);
    assert.match(at.said(), /set back: AuditTrail[^]*enableLogging: false becomes true/);
  });

  it("changes nothing where the answer is no, and the drift stays drift", async () => {
    const host = stack(stopped);
    const at = terminal("n\n");
    const { exitCode } = await lookAndFix(looking(host), { terminal: at });
    assert.deepEqual([exitCode, host.fixed], [7, []]);
    assert.match(at.said(), /Nothing was changed/);
  });

  it("asks somebody, or wants --yes", async () => {
    const host = stack(stopped);
    await assert.rejects(lookAndFix(looking(host), { terminal: terminal() }), { code: "not-agreed", exitCode: 2 });
    assert.deepEqual(host.fixed, []);
    assert.equal((await lookAndFix(looking(host), { terminal: terminal(), yes: true })).exitCode, 0);
  });

  it("says which policy refuses", async () => {
    const finding = { policy: "no-wildcards", level: "mandatory" as const, severity: "high", urn, message: "too wide" };
    const host = stack(stopped, { outcome: "blocked", steps: [], findings: [finding] });
    await assert.rejects(lookAndFix(looking(host), { terminal: terminal(), yes: true }), (error: Error) => {
      assert.match(error.message, /refuses the fix[^]*no-wildcards: too wide/);
      return true;
    });
  });

  it("has nothing to do where nothing is drifted, and says so", async () => {
    const host = stack({ ...stopped, state: "unknown", differences: [], reason: "denied" });
    const at = terminal("y\n");
    const { exitCode } = await lookAndFix(looking(host), { terminal: at });
    assert.deepEqual([exitCode, host.fixed], [1, []]);
    assert.match(at.said(), /nothing to fix/);
  });
});

describe("a look at a stack that manages nothing", () => {
  it("cannot tell, rather than find the account in order", async () => {
    const host = { engine: "fake", refresh: () => Promise.resolve([]), resources: () => Promise.resolve([]) };
    const report = await lookForDrift({ host, project: "p", stack: "s" });
    assert.equal(report.state, "unknown");
    assert.match(driftAsText(report), /^Unknown: nothing was looked at;[^]*state is kept elsewhere/);
  });
});
