import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as aws from "@pulumi/aws";
import { makePlan, type Plan, planExitCode } from "../../operations/preview/plan/plan";
import { planAsMarkdown, planAsText } from "../../operations/preview/plan/render";
import { cli, startCli } from "../support/cli";
import { project } from "../support/graph";

describe("plan command", () => {
  let folder: string;
  before(() => (folder = mkdtempSync(join(tmpdir(), "baseline-plan-"))));
  after(() => rmSync(folder, { recursive: true, force: true }));

  const write = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };

  it("prints one JSON object on stdout, and nothing else anywhere", async () => {
    const { code, stdout, stderr } = await cli("plan", "--json");
    assert.deepEqual([code, stderr], [0, ""]);
    const plan = JSON.parse(stdout) as Plan;
    assert.deepEqual(plan.policies, []);
    assert.equal(plan.summary.resources, plan.resources.length);
    assert.equal(Object.keys(plan.summary.regions).length, 18);
    for (const { type, name, parent, inputs, protect, dependsOn } of plan.resources) {
      assert.ok(
        type &&
          name &&
          parent &&
          typeof inputs === "object" &&
          typeof protect === "boolean" &&
          Array.isArray(dependsOn),
        name,
      );
    }
  });

  it("covers the regions it is given", async () => {
    const { stdout } = await cli("plan", "--json", "--regions", "us-east-1, eu-west-1");
    const { regions } = (JSON.parse(stdout) as Plan).summary;
    assert.deepEqual(Object.keys(regions).sort(), ["account", "eu-west-1", "us-east-1"]);
  });

  it("shows a table within 80 columns", async () => {
    const { code, stdout } = await cli("plan");
    assert.equal(code, 0);
    assert.ok(
      stdout.split("\n").every((line) => line.length <= 80),
      stdout,
    );
    assert.match(stdout, /AuditTrail +\d+ +account 2, us-east-1 \d+/);
    assert.match(stdout, /Policies: no violation/);
  });

  it("reports all wrong settings together, on stderr, with exit code 2", async () => {
    const file = write(
      "bad.yaml",
      "config:\n  aws:region: us-east-1\n  excludeRegions: [moon-1]\n  alertChannel: {emails: [nobody]}\n  wat: 1\n  threatDetection: {minimumSeverity: -1}\n",
    );
    const { code, stdout, stderr } = await cli("plan", "--config", file);
    assert.deepEqual([code, stdout], [2, ""]);
    for (const part of [
      "4 problems",
      "excludeRegions[0]",
      "alertChannel.emails[0]",
      "wat = 1",
      "minimumSeverity = -1",
    ]) {
      assert.ok(stderr.includes(part), stderr);
    }
    assert.ok(!stderr.includes("    at "), "a stack trace is no help here");
  });

  const bad: [what: string, args: string[], said: RegExp][] = [
    ["a stack file that does not exist", ["--config", "none.yaml"], /Cannot read none\.yaml: there is no such file/],
    ["regions that are none", ["--regions", "us-east-1,,x"], /--regions: "", "x" is not the name of an AWS region/],
    ["a region that cannot be", ["--regions", "us-east-1,us-esat-1"], /"us-esat-1" is not the name of an AWS region/],
    ["regions of two partitions", ["--regions", "us-east-1,cn-north-1"], /in one partition/],
    ["two formats at once", ["--json", "--markdown"], /cannot be used with option '--markdown'/],
    ["an option that does not exist", ["--jsn"], /unknown option '--jsn'/],
    [
      "a policy configuration that is no JSON",
      ["--policy-config", "README.md"],
      /Cannot read README\.md: it is not JSON/,
    ],
  ];
  for (const [what, args, said] of bad) {
    it(`refuses ${what} with exit code 2`, async () => {
      const { code, stdout, stderr } = await cli("plan", ...args);
      assert.deepEqual([code, stdout], [2, ""]);
      assert.match(stderr, said);
    });
  }

  it("reports settings under a misspelt project name, which would otherwise count for nothing", async () => {
    const file = write("name.yaml", "config:\n  aws:region: us-east-1\n  baseline:mfaEnforcement: {enabled: false}\n");
    const { code, stderr } = await cli("plan", "--config", file);
    assert.equal(code, 2);
    assert.match(stderr, /baseline:mfaEnforcement = \{"enabled":false\}\n.*no such setting/);
  });

  it("takes each region once, and speaks of users only when it would ask for them", async () => {
    const file = write("off.yaml", "config:\n  aws:region: us-east-1\n  mfaEnforcement: {users: [mina]}\n");
    const { stdout } = await cli("plan", "--json", "--config", file, "--regions", "us-east-1,us-east-1");
    const { regions, notes } = (JSON.parse(stdout) as Plan).summary;
    assert.deepEqual(Object.keys(regions), ["account", "us-east-1"]);
    assert.ok(!notes.some((note) => note.includes("IAM users")), notes.join("\n"));
  });

  it("says first where `up` would not send its calls to AWS", async () => {
    const noted = async (line: string) => {
      const file = write("elsewhere.yaml", `config:\n  aws:region: us-east-1\n  ${line}\n`);
      const { stdout } = await cli("plan", "--json", "--config", file, "--regions", "us-east-1");
      return (JSON.parse(stdout) as Plan).summary.notes[0] ?? "";
    };
    assert.match(await noted("aws:endpoints: [{ sts: https://evil.example }]"), /^CALLS MAY NOT GO TO AWS: .* of sts /);
    assert.match(await noted("aws:insecure: true"), /^CALLS MAY NOT GO TO AWS: .* sets aws:insecure/);
    assert.doesNotMatch(await noted("aws:insecure: false"), /^CALLS/);
  });

  it("says what would end `up`, and only `adopt` can see: endpoints that exist, users in ten groups", async () => {
    const noted = async (settings: string) => {
      const file = write("there.yaml", `config:\n  aws:region: us-east-1\n${settings}`);
      const { stdout } = await cli("plan", "--json", "--config", file, "--regions", "us-east-1");
      const { notes } = (JSON.parse(stdout) as Plan).summary;
      return ["ten groups", "an endpoint for one of these"].map((part) => notes.some((note) => note.includes(part)));
    };
    const vpcs = "  ssmEndpoints: {vpcs: [{region: us-east-1, vpcId: vpc-0123456789abcdef0}]}\n";
    assert.deepEqual(await noted(""), [true, false]);
    assert.deepEqual(await noted("  mfaEnforcement: {users: [mina]}\n"), [true, false]);
    assert.deepEqual(await noted(`  mfaEnforcement: {enabled: false}\n${vpcs}`), [false, true]);
  });

  it("says which regions this version does not know: opened since, or misspelt", async () => {
    const noted = async (regions: string) => {
      const { stdout } = await cli("plan", "--json", "--regions", regions);
      return (JSON.parse(stdout) as Plan).summary.notes.filter((note) => note.includes("not known to this version"));
    };
    assert.deepEqual(await noted("us-east-1,us-east-9"), [
      "us-east-9 is not known to this version. AWS may have opened it since; check its spelling.",
    ]);
    assert.deepEqual(await noted("us-east-1,us-east-2"), []);
  });

  it("says when nobody would hear the alerts", async () => {
    const silent = write("Pulumi.silent.yaml", "config:\n  aws:region: us-east-1\n");
    const { stdout } = await cli("plan", "--config", silent);
    assert.match(stdout, /Nobody hears the alerts/);
    assert.doesNotMatch((await cli("plan")).stdout, /Nobody hears/);
  });

  it("says so in one sentence when there is no folder for temporary files", async () => {
    const { code, stderr } = await startCli(["plan"], { TMPDIR: join(folder, "none") }).ended;
    assert.equal(code, 2);
    assert.match(stderr, /^error: The folder for temporary files, .*none, does not exist\.\n.*TMPDIR.*\n$/);
  });

  it("ends without a word when its reader has had enough", async () => {
    const { child, ended } = startCli(["plan", "--json"]);
    child.stdout?.destroy();
    const { code, stderr } = await ended;
    assert.deepEqual([code, stderr], [0, ""]);
  });

  it("says that an excluded home region cannot be", async () => {
    const file = write("home.yaml", "config:\n  aws:region: us-east-1\n  excludeRegions: [us-east-1]\n");
    const { code, stderr } = await cli("plan", "--config", file);
    assert.equal(code, 2);
    assert.match(stderr, /home region us-east-1 is not among/);
  });
});

describe("plan of a program", () => {
  const request = { project: project.name, config: { "aws:region": "us-east-1" }, regions: ["us-east-1"] };
  const plan = (program: () => unknown) => makePlan({ ...request, program });

  it("shows mandatory violations with witness and fix", async () => {
    const result = await plan(() => {
      new aws.iam.Policy("everything", {
        policy: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] }),
      });
    });
    assert.equal(result.summary.mandatory, 1);
    assert.equal(planExitCode(result), 3);
    const [verdict] = result.policies;
    assert.equal(verdict?.policy, "iam-no-admin-wildcard");
    assert.match(planAsText(result, "x"), /1 mandatory, 0 advisory\n {2}mandatory iam-no-admin-wildcard: everything/);
    assert.match(planAsMarkdown(result, "x"), /\*\*mandatory\*\* `iam-no-admin-wildcard` on `everything`/);
  });

  it("says what cannot be decided yet", async () => {
    const result = await plan(() => {
      const group = new aws.ec2.SecurityGroup("g", {});
      new aws.vpc.SecurityGroupIngressRule("r", {
        securityGroupId: group.id,
        ipProtocol: "tcp",
        fromPort: 22,
        toPort: 22,
        cidrIpv4: group.ownerId,
      });
    });
    assert.deepEqual(
      result.policies.map(({ level, certainty, resource }) => [level, certainty, resource]),
      [["advisory", "unknown", "r"]],
    );
    assert.equal(planExitCode(result), 0);
    assert.equal(result.resources.find(({ name }) => name === "r")?.inputs["cidrIpv4"], "[known after up]");
  });

  it("judges the resources together, too: rules that are open only together", async () => {
    const result = await plan(() => {
      const group = new aws.ec2.SecurityGroup("g", {});
      for (const [index, cidrIpv4] of ["12.0.0.0/8", "13.0.0.0/8", "14.0.0.0/8"].entries()) {
        const ports = { ipProtocol: "tcp", fromPort: 22, toPort: 22 };
        new aws.vpc.SecurityGroupIngressRule(`r${index}`, { securityGroupId: group.id, ...ports, cidrIpv4 });
      }
    });
    assert.deepEqual(
      result.policies.map(({ policy, level, resource }) => [policy, level, resource]),
      [["network-no-open-admin-ports-combined", "mandatory", "g"]],
    );
    assert.equal(planExitCode(result), 3);
  });

  it("passes on what the program throws", async () => {
    await assert.rejects(
      plan(() => {
        throw new Error("broken program");
      }),
      /broken program/,
    );
  });

  it("passes on what the program throws late, inside an apply", async () => {
    await assert.rejects(
      plan(() => {
        const group = new aws.iam.Group("g", { name: "g" });
        return {
          late: group.name.apply(() => {
            throw new Error("broken later");
          }),
        };
      }),
      /broken later/,
    );
  });

  it("refuses two resources of one name, as the engine would", async () => {
    await assert.rejects(
      plan(() => {
        new aws.iam.Group("same", {});
        new aws.iam.Group("same", {});
      }),
      /Duplicate resource URN/,
    );
  });

  it("says when a program asks AWS what a plan cannot answer", async () => {
    await assert.rejects(
      plan(() => aws.ec2.getAmiIds({ owners: ["self"] })),
      { code: "no-offline-answer" },
    );
  });

  it("shows no secret", async () => {
    const result = await plan(async () => {
      const { secret } = await import("@pulumi/pulumi");
      new aws.ssm.Parameter("p", { type: "SecureString", value: secret("s3cr3t-marker") });
    });
    assert.ok(!JSON.stringify(result).includes("s3cr3t-marker"));
    assert.equal(result.resources[0]?.inputs["value"], "[secret]");
  });
});
