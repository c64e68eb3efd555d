import assert from "node:assert/strict";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { type AwsClients } from "../../aws/clients";
import { BaselineError } from "../../common/errors";
import { accountClients, type Credentials } from "../../aws/account-clients";
import { type StackHost } from "../../engine/stack-host";
import { type FleetOptions } from "../../operations/apply/fleet/request";
import { type AccountResult, type FleetReport, type FleetVerb } from "../../operations/apply/fleet/result";
import { type FleetOutside, runFleetCommand } from "../../operations/apply/fleet/run";
import { lockStack } from "../../operations/apply/fleet/stack-lock";
import { linkProject } from "../../engine/pulumi/pulumi-host";
import { type Emulator } from "../../sandbox/emulator";
import { InProcessHost } from "../../engine/in-process/in-process";
import { PolicyProcess } from "../../engine/policies/policy-process";
import { withDefaults } from "../../engine/stack-files/stack-file";
import { State } from "../../engine/in-process/state";
import { createSandboxProvider } from "../../sandbox/provider";
import { startEmulator } from "../support/emulator";
import { project, root } from "../support/graph";
import { scratch } from "../support/scratch";

const ids = { one: "111111111111", two: "222222222222", three: "333333333333" };
type Name = keyof typeof ids;

const file = `
defaults:
  role: Deploy
  externalId: our-id
  regions: { only: [us-east-1] }
  config: { aws:region: us-east-1 }
accounts:
${Object.entries(ids)
  .map(([name, id]) => `  - { name: ${name}, accountId: "${id}" }`)
  .join("\n")}
`;

/** One group for each account, named after its stack: enough to see what was done where. */
const program = `
const pulumi = require("@pulumi/pulumi");
const aws = require("@pulumi/aws");
new aws.iam.Group("group", { name: "of-" + pulumi.getStack() });
`;

const failure = (name: string) => Object.assign(new Error(`${name} by the test`), { name });

describe("fleet, over three accounts of the emulator", function () {
  this.timeout(120_000);
  let emulator: Emulator;
  let policies: PolicyProcess;
  let folder: string;
  let programs: string;
  /** What STS answers instead, by role ARN; once each. */
  let refusals: Map<string, Error[]>;
  /** What a host does before its own `up`, by stack. */
  let onUp: Partial<Record<string, (options: { signal?: AbortSignal }) => Promise<void>>>;
  let opened: string[];

  before(async () => {
    emulator = await startEmulator();
    const pack = { packDir: join(root, "policy-pack"), project: project.name, stack: "fleet", dryRun: true };
    policies = await PolicyProcess.start(pack);
  });
  after(async () => {
    await policies?.close();
    await emulator?.stop();
  });
  beforeEach(() => {
    folder = scratch("fleet");
    linkProject(folder);
    programs = join(folder, "programs");
    mkdirSync(programs);
    writeFileSync(join(programs, "index.js"), program);
    writeFileSync(join(folder, "accounts.yaml"), file);
    refusals = new Map();
    onUp = {};
    opened = [];
  });
  afterEach(async () => {
    rmSync(folder, { recursive: true, force: true });
    for (const name of Object.keys(ids) as Name[]) {
      const aws = await of(name);
      const { Groups: groups = [] } = await aws.iam().listGroups({});
      await Promise.all(groups.map(({ GroupName }) => aws.iam().deleteGroup({ GroupName })));
      aws.destroy();
    }
  });

  /** Clients as a fleet makes them, but that STS may be told to answer otherwise. */
  function clientsFor(credentials?: Credentials): AwsClients {
    const clients = accountClients({ endpoint: emulator.endpoint, ...(credentials && { credentials }) });
    const sts = clients.sts();
    const own = sts.assumeRole.bind(sts) as (input: { RoleArn?: string }) => Promise<unknown>;
    sts.assumeRole = ((input: { RoleArn?: string; ExternalId?: string }) => {
      assert.equal(input.ExternalId, "our-id");
      const refusal = refusals.get(input.RoleArn ?? "")?.shift();
      return refusal ? Promise.reject(refusal) : own(input);
    }) as typeof sts.assumeRole;
    return clients;
  }

  const outside = (more: Partial<FleetOutside> = {}): FleetOutside => ({
    workDir: folder,
    environment: {},
    clientsFor,
    openStack: ({ stack, config = {}, environment, signal }) => {
      opened.push(stack);
      assert.equal(Object.keys(environment ?? {}).includes("AWS_SESSION_TOKEN"), true);
      const accessKeyId = environment?.["AWS_ACCESS_KEY_ID"] ?? "";
      const host = new InProcessHost({
        project: project.name,
        stack,
        config: withDefaults(project, config),
        programs,
        provider: createSandboxProvider({ endpoint: emulator.endpoint, accessKeyId }),
        policies,
        state: new State(join(folder, "states", `${stack}.jsonl`)),
      });
      const up = host.up.bind(host);
      return Promise.resolve(
        Object.assign(host, {
          up: async (entry: string) => {
            await onUp[stack]?.({ ...(signal && { signal }) });
            return up(entry);
          },
          close: () => Promise.resolve(),
        }) as StackHost,
      );
    },
    sleep: () => Promise.resolve(),
    terminal: { input: new PassThrough(), output: new PassThrough() },
    print: () => undefined,
    ...more,
  });

  async function fleet(verb: FleetVerb, options: Partial<FleetOptions> = {}, more: Partial<FleetOutside> = {}) {
    let printed = "";
    const given = { accounts: join(folder, "accounts.yaml"), yes: true, json: true, concurrency: "1", ...options };
    const code = await runFleetCommand(verb, given, outside({ print: (text) => (printed = text), ...more }));
    const report = given.json ? (JSON.parse(printed) as FleetReport) : undefined;
    const states = report?.accounts.map((each): [string, AccountResult["state"]] => [each.name, each.state]);
    return { code, report, printed, states };
  }

  async function of(name: Name): Promise<AwsClients> {
    const hub = accountClients({ endpoint: emulator.endpoint });
    const role = { RoleArn: `arn:aws:iam::${ids[name]}:role/Test`, RoleSessionName: "test" };
    const { Credentials: keys } = await hub.sts().assumeRole(role);
    hub.destroy();
    const credentials = {
      accessKeyId: keys?.AccessKeyId ?? "",
      secretAccessKey: keys?.SecretAccessKey ?? "",
      sessionToken: keys?.SessionToken ?? "",
    };
    return accountClients({ endpoint: emulator.endpoint, credentials });
  }

  async function groupsOf(name: Name): Promise<string[]> {
    const aws = await of(name);
    const { Groups: groups = [] } = await aws.iam().listGroups({});
    aws.destroy();
    return groups.map(({ GroupName }) => GroupName ?? "");
  }

  it("previews all and makes nothing, then makes in each account what is its own, and nothing the second time", async () => {
    const preview = await fleet("preview", { concurrency: "3" });
    assert.equal(preview.code, 0);
    assert.deepEqual(await groupsOf("one"), []);
    const up = await fleet("up", { concurrency: "3" });
    assert.deepEqual(up.states, [
      ["one", "done"],
      ["two", "done"],
      ["three", "done"],
    ]);
    for (const name of Object.keys(ids) as Name[]) {
      assert.deepEqual(await groupsOf(name), [`of-${name}`]);
    }
    const again = await fleet("up");
    assert.deepEqual(
      again.report?.accounts.map(({ changes }) => changes),
      [{ same: 1 }, { same: 1 }, { same: 1 }],
    );
  });

  it("goes on with the others when one role is refused, says why in one sentence, and resumes that one only", async () => {
    refusals.set(`arn:aws:iam::${ids.two}:role/Deploy`, [failure("AccessDenied")]);
    const { code, states, report } = await fleet("up", { continueOnError: true });
    assert.equal(code, 1);
    assert.deepEqual(states, [
      ["one", "done"],
      ["two", "failed"],
      ["three", "done"],
    ]);
    const { error, tries } = report!.accounts[1]!;
    assert.deepEqual([error?.code, tries], ["role-refused", 1]);
    assert.match(
      error?.message ?? "",
      /^The role arn:aws:iam::222222222222:role\/Deploy does not exist or may not be taken/,
    );
    opened = [];
    const resumed = await fleet("up", { resume: true });
    assert.deepEqual([resumed.code, opened], [0, ["two"]]);
    const nothing = await fleet("up", { resume: true, json: false });
    assert.deepEqual([nothing.code, nothing.printed], [0, "fleet up: nothing of the last run is left to do."]);
  });

  it("goes on with the run that stopped at its preview, not with the one before", async () => {
    const answering = () => ({ input: Object.assign(new PassThrough(), { isTTY: true }), output: new PassThrough() });
    await fleet("up");
    refusals.set(`arn:aws:iam::${ids.two}:role/Deploy`, [failure("AccessDenied")]);
    assert.equal((await fleet("up", { yes: false }, { terminal: answering() })).code, 1);
    opened = [];
    assert.equal((await fleet("up", { resume: true })).code, 0);
    assert.deepEqual(opened, ["one", "two", "three"]);
  });

  it("starts no further account after a failure unless told to go on", async () => {
    refusals.set(`arn:aws:iam::${ids.one}:role/Deploy`, [failure("AccessDenied")]);
    const { code, states } = await fleet("up");
    assert.equal(code, 1);
    assert.deepEqual(states, [
      ["one", "failed"],
      ["two", "not-started"],
      ["three", "not-started"],
    ]);
    assert.deepEqual(await groupsOf("two"), []);
  });

  it("is interrupted cleanly, and resumes what was not finished", async () => {
    const interrupt = new AbortController();
    onUp["two"] = ({ signal }) => {
      interrupt.abort();
      assert.equal(signal?.aborted, true, "the run under way is told to stop");
      return Promise.reject(new BaselineError("interrupted", "The run on stack two was interrupted.", "Go on.", 130));
    };
    const { code, states } = await fleet("up", {}, { interrupt });
    assert.equal(code, 130);
    assert.deepEqual(states, [
      ["one", "done"],
      ["two", "interrupted"],
      ["three", "not-started"],
    ]);
    onUp = {};
    opened = [];
    const resumed = await fleet("up", { resume: true });
    assert.deepEqual([resumed.code, opened], [0, ["two", "three"]]);
    assert.equal(existsSync(join(folder, ".baseline", "locks", "two.lock")), false);
  });

  it("touches nothing in an account that is not the one named", async () => {
    // Without a role the credentials are those of whoever runs it: the emulator's first account.
    const own = 'accounts: [{ name: own, accountId: "444444444444", config: { aws:region: us-east-1 } }]';
    writeFileSync(join(folder, "accounts.yaml"), own);
    const { code, report } = await fleet("up");
    assert.deepEqual([code, report?.accounts[0]?.error?.code, opened], [1, "wrong-account", []]);
    assert.match(report?.accounts[0]?.error?.message ?? "", /are of account 123456789012, not of 444444444444/);
  });

  it("tries again where AWS throttles, and only there", async () => {
    refusals.set(`arn:aws:iam::${ids.one}:role/Deploy`, [failure("ThrottlingException")]);
    refusals.set(`arn:aws:iam::${ids.two}:role/Deploy`, [failure("ExpiredTokenException")]);
    const { report, code } = await fleet("up", { continueOnError: true });
    assert.equal(code, 1);
    assert.deepEqual(
      report?.accounts.map(({ state, tries, error }) => [state, tries, error?.code]),
      [
        ["done", 2, undefined],
        ["failed", 1, "credentials-expired"],
        ["done", 1, undefined],
      ],
    );
  });

  it("leaves a stack alone that another run is working on", async () => {
    const free = lockStack(join(folder, ".baseline", "locks"), "two", "up");
    const { report } = await fleet("preview", { continueOnError: true });
    free();
    assert.deepEqual(
      report?.accounts.map(({ error }) => error?.code),
      [undefined, "stack-locked", undefined],
    );
  });

  it("finds drift in the account that has it, and exits with 7", async () => {
    await fleet("up", { concurrency: "3" });
    const aws = await of("two");
    await aws.iam().deleteGroup({ GroupName: "of-two" });
    const { code, states, report } = await fleet("drift", { concurrency: "3", junit: join(folder, "drift.xml") });
    assert.equal(code, 7);
    assert.equal(states?.find(([name]) => name === "two")?.[1], "drifted");
    assert.deepEqual(
      report?.accounts.map(({ drift }) => drift?.items.filter(({ change }) => change === "deleted").length),
      [0, 1, 0],
    );
    assert.ok(existsSync(join(folder, "drift.xml")));
    await aws.iam().createGroup({ GroupName: "of-two" });
    aws.destroy();
  });

  it("asks for nobody's word where nobody is, and refuses wrong input before anything is done", async () => {
    await assert.rejects(fleet("up", { yes: false }), { code: "not-agreed", exitCode: 2 });
    await assert.rejects(fleet("up", { only: "nobody*" }), { code: "no-accounts", exitCode: 2 });
    await assert.rejects(fleet("up", { concurrency: "many" }), { code: "invalid-concurrency", exitCode: 2 });
    await assert.rejects(fleet("drift", { resume: true }), { code: "no-journal", exitCode: 2 });
    await assert.rejects(fleet("up", { junit: join(folder, "nowhere", "x.xml") }), { code: "report-not-written" });
    assert.deepEqual(opened, []);
  });

  it("runs only what --only names, by name or by id", async () => {
    assert.deepEqual((await fleet("preview", { only: `t*,${ids.one}` })).states?.length, 3);
    assert.deepEqual((await fleet("preview", { only: "thr??" })).states, [["three", "done"]]);
  });

  it("takes accounts from an organization: units and what is below them, tags, nobody suspended, with reasons", async () => {
    const hub = accountClients({ endpoint: emulator.endpoint });
    const org = hub.organizations();
    await org.createOrganization({ FeatureSet: "ALL" });
    const make = async (name: string) => {
      const { CreateAccountStatus: made } = await org.createAccount({
        AccountName: name,
        Email: `${name}@example.com`,
      });
      return made?.AccountId ?? "";
    };
    const { Roots: [top] = [] } = await org.listRoots({});
    const { OrganizationalUnit: unit } = await org.createOrganizationalUnit({ ParentId: top?.Id, Name: "work" });
    const { OrganizationalUnit: inner } = await org.createOrganizationalUnit({ ParentId: unit?.Id, Name: "inner" });
    const [shop, closed, spare, elsewhere] = [
      await make("Web Shop"),
      await make("closed"),
      await make("spare"),
      await make("elsewhere"),
    ];
    const move = (AccountId: string, to: string | undefined) =>
      org.moveAccount({ AccountId, SourceParentId: top?.Id, DestinationParentId: to });
    await move(shop, inner?.Id);
    await move(closed, unit?.Id);
    await move(spare, unit?.Id);
    for (const ResourceId of [shop, elsewhere]) {
      await org.tagResource({ ResourceId, Tags: [{ Key: "baseline", Value: "yes" }] });
    }
    await org.closeAccount({ AccountId: closed });
    hub.destroy();
    writeFileSync(
      join(folder, "accounts.yaml"),
      `defaults: { externalId: our-id, config: { aws:region: us-east-1 } }
organization: { ou: [${unit?.Id}], tags: { baseline: "yes" } }`,
    );
    const { report, code } = await fleet("preview");
    assert.equal(code, 0);
    assert.deepEqual(
      report?.accounts.map(({ name, accountId }) => [name, accountId]),
      [["web-shop", shop]],
    );
    assert.deepEqual(report?.leftOut, [`closed (${closed}): suspended`]);
  });
});
