import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { titled, whyNotEngine } from "../support/conditions";
import { type Ended, ForeignStack } from "../support/foreign-stack";
import { root } from "../support/graph";

// What a program of somebody else's declares: plain resources, of which one may wait for another.
const program = `
const { CustomResource } = require("@pulumi/pulumi");
const admin = JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] });
const ssh = (cidr) => ({ protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: [cidr] });
const programs = {
  open: () => new CustomResource("aws:ec2/securityGroup:SecurityGroup", "bastion", { ingress: [ssh("0.0.0.0/0")] }),
  admin: () => new CustomResource("aws:iam/policy:Policy", "everything", { policy: admin }),
  later: () => {
    const topic = new CustomResource("aws:sns/topic:Topic", "topic", { arn: undefined });
    new CustomResource("aws:iam/policy:Policy", "later", { policy: topic.arn.apply(() => admin) });
  },
  together: () => {
    const group = new CustomResource("aws:ec2/securityGroup:SecurityGroup", "group", {});
    for (const first of [3, 4, 5, 6]) {
      const rule = { type: "ingress", securityGroupId: group.id, ...ssh(first + ".0.0.0/8") };
      new CustomResource("aws:ec2/securityGroupRule:SecurityGroupRule", "from-" + first, rule);
    }
  },
};
programs[process.env.PROGRAM]();
`;

describe(titled("the policy pack, in the real engine", whyNotEngine), function () {
  this.timeout(600_000);
  let stack: ForeignStack;

  before(async function () {
    if (whyNotEngine) {
      this.skip();
    }
    stack = await ForeignStack.make("engine-policies", program);
  });
  after(() => stack?.remove());

  it("blocks a preview, with what is wrong, where, why and how to mend it", async () => {
    const { code, text } = await run("admin", "preview");
    assert.notEqual(code, 0);
    assert.match(text, /\[mandatory\] \[severity: critical\] +iam-no-admin-wildcard +\(aws:iam:Policy: everything\)/);
    assert.match(text, /Where: policy: Statement\[0\][^]*Why: [^]*Fix: /);
  });

  it("blocks a preview where rules are open only together", async () => {
    const { code, text } = await run("together", "preview");
    assert.notEqual(code, 0);
    assert.match(text, /\[mandatory\] \[severity: high\] +network-no-open-admin-ports-combined/);
    assert.ok(!/network-no-open-admin-ports +\(/.test(text), text);
  });

  it("reports at preview what is not known yet, and refuses it before it is made", async () => {
    const before = await run("later", "preview");
    assert.equal(before.code, 0, before.text);
    assert.match(before.text, /\[advisory\] \[severity: critical\] +iam-no-admin-wildcard +\(aws:iam:Policy: later\)/);
    assert.match(before.text, /Where: policy/);
    const during = await run("later", "up", undefined, "--yes", "--skip-preview");
    assert.notEqual(during.code, 0);
    assert.match(during.text, /\[mandatory\] \[severity: critical\] +iam-no-admin-wildcard +\(aws:iam:Policy: later\)/);
    const { text: state } = await pulumi("", "stack", "export");
    assert.match(state, /::aws:sns\/topic:Topic::topic"/);
    assert.ok(!state.includes("::later"), "the policy was made");
  });

  it("takes exceptions from a configuration file, until their last day", async () => {
    const until = (expires: string) => ({
      "network-no-open-admin-ports": { exceptions: [{ resource: "bastion", reason: "tender", expires }] },
    });
    const excepted = await run("open", "preview", until("9999-12-31"));
    assert.equal(excepted.code, 0, excepted.text);
    assert.ok(!excepted.text.includes("network-no-open-admin-ports"), excepted.text);
    const expired = await run("open", "preview", until("2020-12-31"));
    assert.notEqual(expired.code, 0);
    assert.match(expired.text, /The exception for this resource expired on 2020-12-31/);
  });

  it("takes levels and properties from a configuration file, and names a misspelt one", async () => {
    const reported = await run("admin", "preview", { "iam-no-admin-wildcard": "advisory" });
    assert.equal(reported.code, 0, reported.text);
    assert.match(reported.text, /\[advisory\] \[severity: critical\] +iam-no-admin-wildcard/);
    const other = await run("open", "preview", { "network-no-open-admin-ports": { ports: [3389] } });
    assert.equal(other.code, 0, other.text);
    const misspelt = await run("open", "preview", { "network-no-open-admin-ports": { port: [3389] } });
    assert.notEqual(misspelt.code, 0);
    assert.match(misspelt.text, /Configuration key "port" of network-no-open-admin-ports does not exist/);
  });

  it("lets the engine refuse a value of another kind, with the path of the property", async () => {
    const { code, text } = await run("open", "preview", { "network-no-open-admin-ports": { ports: ["22"] } });
    assert.notEqual(code, 0);
    assert.match(text, /network-no-open-admin-ports: ports\.0: Invalid type\. Expected: integer, given: string/);
  });

  it("judges a state without program or provider, by `pulumi policy analyze`", async () => {
    const made = await pulumi("open", "up", "--yes", "--skip-preview", "--non-interactive");
    assert.equal(made.code, 0, made.text);
    const { code, text } = await run("open", ["policy", "analyze", "--stack", "dev"]);
    assert.notEqual(code, 0);
    assert.match(text, /network-no-open-admin-ports +\(aws:ec2:SecurityGroup: bastion\)/);
  });

  /** A command with the pack, of this checkout, and a configuration. */
  function run(name: string, command: string | string[], config?: object, ...more: string[]): Promise<Ended> {
    const file = join(stack.folder, "policies.json");
    writeFileSync(file, JSON.stringify(config ?? {}));
    const pack = ["--policy-pack", join(root, "policy-pack"), ...(config ? ["--policy-pack-config", file] : [])];
    return pulumi(name, ...[command].flat(), ...pack, ...more, "--non-interactive");
  }

  function pulumi(name: string, ...args: string[]): Promise<Ended> {
    return stack.run(args, { PROGRAM: name });
  }
});
