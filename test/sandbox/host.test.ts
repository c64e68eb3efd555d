import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { BaselineError } from "../../common/errors";
import { scratch } from "../support/scratch";
import { practice, type Practice } from "../support/practice";

describe("the in-process host", function () {
  this.timeout(60_000);
  let folder: string;
  let stage: Practice;

  before(async () => {
    // Inside the package, so that the programs find its node_modules.
    folder = scratch("test");
    stage = await practice(folder);
  });
  after(async () => {
    await stage?.end();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Writes a program; `aws` and `pulumi` are at hand. */
  function program(text: string): string {
    writeFileSync(
      join(folder, "program.js"),
      `const aws = require("@pulumi/aws"); const pulumi = require("@pulumi/pulumi"); module.exports = async () => { ${text} };`,
    );
    return "program";
  }

  const group = (name: string, more = "") => `new aws.iam.Group("${name}", { name: "${name}"${more} });`;
  const groups = async () =>
    ((await stage.aws.iam().listGroups({})).Groups ?? []).map(({ GroupName }) => GroupName).sort();

  it("previews without touching the account or the state", async () => {
    const { outcome, steps } = await stage.host.preview(program(group("a")));
    assert.deepEqual([outcome, steps.map(({ op }) => op)], ["done", ["create"]]);
    assert.deepEqual([await groups(), stage.state.list()], [[], []]);
  });

  it("creates, updates, replaces and deletes as the program says", async () => {
    await stage.host.up(program(`${group("a")} ${group("b")}`));
    assert.deepEqual(await groups(), ["a", "b"]);
    const { steps } = await stage.host.up(program(`${group("b", ', path: "/team/"')} ${group("c")}`));
    assert.deepEqual(steps.map(({ name, op }) => [name, op]).sort(), [
      ["a", "delete"],
      ["b", "update"],
      ["c", "create"],
    ]);
    assert.deepEqual(await groups(), ["b", "c"]);
    const replaced = await stage.host.up(
      program(
        `new aws.iam.GroupPolicyAttachment("x", { group: "b", policyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess" }); ${group("b", ', path: "/team/"')} ${group("c")}`,
      ),
    );
    assert.equal(replaced.steps.find(({ name }) => name === "x")?.op, "create");
    const moved = await stage.host.up(
      program(
        `new aws.iam.GroupPolicyAttachment("x", { group: "c", policyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess" }); ${group("b", ', path: "/team/"')} ${group("c")}`,
      ),
    );
    assert.equal(moved.steps.find(({ name }) => name === "x")?.op, "replace");
    const { AttachedPolicies: left = [] } = await stage.aws.iam().listAttachedGroupPolicies({ GroupName: "b" });
    assert.deepEqual(left, []);
    await stage.host.up(program(""));
    assert.deepEqual([await groups(), stage.state.list()], [[], []]);
  });

  it("replaces what the program wants replaced, though its provider would update it", async () => {
    const moved = (path: string, options: string) =>
      program(`new aws.iam.Group("g", { name: "g", path: "${path}" }, ${options});`);
    await stage.host.up(moved("/", "{}"));
    const updated = await stage.host.up(moved("/a/", "{}"));
    const replaced = await stage.host.up(moved("/b/", '{ replaceOnChanges: ["path"] }'));
    assert.deepEqual(
      [...updated.steps, ...replaced.steps].map(({ op }) => op),
      ["update", "replace"],
    );
    await stage.host.up(program(""));
  });

  it("blocks before anything is created, also what is harmless in the same change", async () => {
    const admin = `new aws.iam.Policy("p", { policy: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] }) });`;
    const { outcome, findings } = await stage.host.up(program(group("harmless") + admin));
    assert.equal(outcome, "blocked");
    assert.deepEqual(
      findings.map(({ policy, level }) => [policy, level]),
      [["iam-no-admin-wildcard", "mandatory"]],
    );
    assert.deepEqual(await groups(), []);
  });

  it("blocks at up what only becomes known there, and says so in preview", async () => {
    // The group's ARN is unknown at preview; the document turns into an administrator's once it is known.
    const text = `const g = ${group("late")} new aws.iam.Policy("p", { name: "late", policy: g.arn.apply((arn) => JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: arn ? "*" : arn }] })) });`;
    const preview = await stage.host.preview(program(text));
    assert.deepEqual(
      preview.findings.map(({ level }) => level),
      ["advisory"],
    );
    await assert.rejects(stage.host.up(program(text)), (error) => {
      assert.ok(error instanceof BaselineError);
      assert.equal(error.code, "policy-violation");
      assert.match(error.message, /iam-no-admin-wildcard/);
      return true;
    });
    const { Policies: policies = [] } = await stage.aws.iam().listPolicies({ Scope: "Local" });
    assert.deepEqual(policies, []);
    // What was done before stands on record, so that the next run can go on from there.
    assert.deepEqual(
      stage.state.list().map(({ name }) => name),
      ["late"],
    );
    await stage.host.up(program(""));
  });

  it("shows a program that throws as such, not as a program without violations", async () => {
    await assert.rejects(stage.host.preview(program('throw new Error("broken program");')), /broken program/);
  });

  it("names the resource when AWS refuses it, and keeps what came before on record", async () => {
    await stage.aws.iam().createGroup({ GroupName: "taken" });
    await assert.rejects(stage.host.up(program(`${group("first")} ${group("taken")}`)), (error) => {
      assert.ok(error instanceof BaselineError);
      assert.equal(error.code, "update-failed");
      assert.match(error.message, /aws:iam\/group:Group taken: /);
      return true;
    });
    assert.deepEqual(
      stage.state.list().map(({ name }) => name),
      ["first"],
    );
    await stage.host.up(program(""));
    await stage.aws.iam().deleteGroup({ GroupName: "taken" });
  });

  it("keeps on record what a provider made by half, so that the next run finishes it", async () => {
    const { provider } = stage;
    const create = provider.create.bind(provider);
    provider.create = async (urn, inputs) => {
      const made = await create(urn, inputs);
      throw Object.assign(new Error("the second call failed"), { id: made.id, properties: made.outs as object });
    };
    try {
      await assert.rejects(stage.host.up(program(group("half"))), /Group half: the second call failed/);
    } finally {
      provider.create = create;
    }
    assert.deepEqual(
      stage.state.list().map(({ id }) => id),
      ["half"],
    );
    await stage.host.up(program(""));
    assert.deepEqual(await groups(), []);
  });

  it("refuses a resource type it does not know, in one sentence", async () => {
    await assert.rejects(
      stage.host.preview(
        program('new aws.mq.Configuration("q", { engineType: "ActiveMQ", engineVersion: "5.18", data: "x" });'),
      ),
      /aws:mq\/configuration:Configuration q: .*sandbox/,
    );
  });

  it("does not delete what is protected", async () => {
    await stage.host.up(program('new aws.iam.Group("kept", { name: "kept" }, { protect: true });'));
    for (const [what, source] of [
      ["removed", ""],
      ["replaced", 'new aws.iam.Group("kept", { name: "other" }, { protect: true });'],
    ] as const) {
      await assert.rejects(stage.host.preview(program(source)), { code: "protected" }, what);
      await assert.rejects(stage.host.up(program(source)), { code: "protected" }, what);
    }
    assert.deepEqual(await groups(), ["kept"]);
    await stage.host.up(program(group("kept")));
  });

  it("leaves in the account what is to be retained, when it is removed and when it is replaced", async () => {
    const retained = (name: string) => `new aws.iam.Group("r", { name: "${name}" }, { retainOnDelete: true });`;
    await stage.host.up(program(retained("one")));
    await stage.host.up(program(retained("two")));
    await stage.host.up(program(""));
    assert.deepEqual(stage.state.list(), []);
    assert.deepEqual(await groups(), ["one", "two"]);
    for (const GroupName of await groups()) {
      await stage.aws.iam().deleteGroup({ GroupName });
    }
  });

  it("calls what it cannot read unknown, not drifted", async () => {
    await stage.host.up(program(group("kept")));
    const [resource] = stage.state.list();
    assert.ok(resource);
    stage.state.put({ ...resource, urn: resource.urn.replace("aws:iam/group:Group", "aws:no/such:Type") });
    const seen = await stage.host.refresh();
    assert.deepEqual(seen.map(({ state }) => state).sort(), ["same", "unknown"]);
    stage.state.remove(resource.urn.replace("aws:iam/group:Group", "aws:no/such:Type"));
  });

  const rules = (third: string) => `
    const group = new aws.ec2.SecurityGroup("g", { name: "g" });
    for (const [i, cidrIpv4] of ["12.0.0.0/8", "13.0.0.0/8", ${third}].entries()) {
      const ssh = { ipProtocol: "tcp", fromPort: 22, toPort: 22 };
      new aws.vpc.SecurityGroupIngressRule("r" + i, { securityGroupId: group.id, ...ssh, cidrIpv4 });
    }`;

  it("asks the policies on stacks at the end of a preview, as the engine does", async () => {
    const { outcome, findings } = await stage.host.up(program(rules('"14.0.0.0/8"')));
    assert.equal(outcome, "blocked");
    assert.deepEqual(
      findings.map(({ policy, level, urn }) => [policy, level, urn.split("::").at(-1)]),
      [["network-no-open-admin-ports-combined", "mandatory", "g"]],
    );
    assert.deepEqual(
      stage.state.list().filter(({ type }) => /^aws:(ec2|vpc)/.test(type)),
      [],
    );
  });

  it("asks them again at the end of an update: what shows only then fails it, and undoes nothing", async () => {
    const late = 'group.id.apply(() => "14.0.0.0/8")';
    await assert.rejects(stage.host.up(program(rules(late))), (error) => {
      assert.ok(error instanceof BaselineError);
      assert.equal(error.code, "policy-violation");
      assert.match(error.message, /SecurityGroup g: refused by policy network-no-open-admin-ports-combined/);
      return true;
    });
    assert.equal(stage.state.list().filter(({ type }) => /^aws:(ec2|vpc)/.test(type)).length, 4);
    await stage.host.up(program(""));
  });
});
