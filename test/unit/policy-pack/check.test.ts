import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { check, usage, type World } from "../../../policy-pack/check/command";
import { everyPolicy } from "../../../policy-pack/policies";
import { fakeKeyId } from "../../support/fake-keys";
import { register } from "../../support/register";
import { sarifProblems } from "../../support/sarif";
import { scratch } from "../../support/scratch";

const signature = "4dabf18193072939515e22adb298388d";
const secret = "1b47061264138c4ac30d75fd1eb44270";
const group = "aws:ec2/securityGroup:SecurityGroup";
const urnOf = (type: string, name: string): string => `urn:pulumi:dev::shop::${type}::${name}`;
const open = { ingress: [{ protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: ["0.0.0.0/0"] }] };
const closed = { ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["0.0.0.0/0"] }] };
const resource = (name: string, inputs: object, type = group, more: object = {}) => ({
  urn: urnOf(type, name),
  custom: true,
  type,
  inputs,
  ...more,
});

const exported = (...resources: object[]): object => ({ version: 3, deployment: { manifest: {}, resources } });
const preview = (...steps: object[]): object => ({ config: {}, steps, changeSummary: { create: steps.length } });
const step = (op: string, newState: object | undefined): object => ({ op, urn: "u", newState });
const plan = (...resources: object[]): object => ({ resources, policies: [], summary: {} });

async function run(args: string[], files: Record<string, unknown> = {}) {
  const written = { out: "", err: "" };
  const textOf = (name: string): string => {
    if (!(name in files)) throw Object.assign(new Error("none"), { code: "ENOENT" });
    return typeof files[name] === "string" ? files[name] : JSON.stringify(files[name], undefined, 1);
  };
  const world: World = {
    readFile: textOf,
    readStdin: () => Promise.resolve(textOf("-")),
    out: (text) => (written.out += text),
    err: (text) => (written.err += text),
    version: "1.2.3",
  };
  return { code: await check(args, world), ...written };
}

interface Report {
  kind: string;
  policies: { policy: string; resource: string; urn: string; level: string; certainty: string }[];
  summary: { resources: number; hidden: number; mandatory: number; advisory: number };
}
async function report(file: unknown, ...args: string[]): Promise<Report & { code: number }> {
  const { code, out } = await run(["check", "f.json", "--json", ...args], { "f.json": file });
  return { code, ...(JSON.parse(out) as Report) };
}

describe("check: what it reads", () => {
  const inputs: [string, object][] = [
    ["plan", plan(resource("web", open))],
    ["stack export", exported(resource("web", open))],
    ["stack export", { version: 3, checkpoint: { stack: "s", latest: { resources: [resource("web", open)] } } }],
    ["preview", preview(step("create", resource("web", open)))],
    ["preview", preview(step("create-replacement", resource("web", open)), step("replace", resource("web", open)))],
  ];
  for (const [kind, file] of inputs) {
    it(`a ${kind}: ${Object.keys(file).join(", ")}`, async () => {
      const found = await report(file);
      assert.deepEqual([found.code, found.kind, found.summary.resources], [1, kind, 1]);
      const { policy, resource: name, urn, level } = found.policies[0]!;
      assert.deepEqual(
        [policy, name, urn, level, found.policies.length],
        ["network-no-open-admin-ports", "web", urnOf(group, "web"), "mandatory", 1],
      );
    });
  }

  it("leaves out what goes, what is only read, and the stack itself", async () => {
    const stack = resource("s", { secret: fakeKeyId() }, "pulumi:pulumi:Stack");
    const state = exported(
      resource("a", open, group, { delete: true }),
      resource("b", open, group, { external: true }),
      stack,
    );
    assert.deepEqual((await report(state)).summary, { resources: 0, hidden: 0, mandatory: 0, advisory: 0 });
    const gone = ["delete", "delete-replaced", "discard", "read", "refresh"].map((op) => step(op, resource(op, open)));
    assert.equal((await report(preview(...gone, step("delete", undefined)))).summary.resources, 0);
    for (const empty of [exported(), { version: 3, deployment: null }, { version: 3, deployment: {} }]) {
      assert.equal((await report(empty)).code, 0);
    }
  });

  it("takes a secret it cannot read for unknown, and reads one it can", async () => {
    const type = "aws:iam/policy:Policy";
    const admin = JSON.stringify({ Statement: { Effect: "Allow", Action: "*", Resource: "*" } });
    const state = (policy: unknown) => exported(resource("p", { policy }, type));
    for (const hidden of [{ [signature]: secret, ciphertext: "v1:abc" }, "[secret]"]) {
      const found = await report(state(hidden));
      assert.deepEqual([found.code, found.summary.hidden, found.policies[0]?.certainty], [0, 1, "unknown"]);
    }
    const inClear = await report(state({ [signature]: secret, plaintext: JSON.stringify(admin) }));
    assert.deepEqual([inClear.code, inClear.summary.hidden], [1, 0]);
    const unknown = await report(plan(resource("p", { policy: "[known after up]" }, type)));
    assert.deepEqual([unknown.code, unknown.policies[0]?.certainty], [0, "unknown"]);
    assert.equal((await report(state({ [signature]: "d0e6a833031e9bbcd3f4e8bde6ca49a4", value: admin }))).code, 1);
  });

  it("judges resources together", async () => {
    const rule = (name: string, cidrIpv4: string) =>
      resource(
        name,
        { securityGroupId: "sg-1", ipProtocol: "tcp", fromPort: 22, toPort: 22, cidrIpv4 },
        "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
      );
    const config = {
      "network-no-open-admin-ports": { internetShare: 0.9 },
      "network-no-open-admin-ports-combined": { internetShare: 0.9 },
    };
    const files = { "f.json": exported(rule("a", "0.0.0.0/1"), rule("b", "128.0.0.0/1")), "c.json": config };
    const { code, out } = await run(["check", "f.json", "--json", "--policy-config", "c.json"], files);
    assert.equal(code, 1);
    assert.match(out, /network-no-open-admin-ports-combined/);
  });

  it("reads from stdin, follows a configuration, and passes over nonsense within a file", async () => {
    assert.equal((await run(["check", "-"], { "-": exported(resource("web", open)) })).code, 1);
    const files = { "f.json": exported(resource("web", open)), "c.json": { all: "advisory" } };
    assert.equal((await run(["check", "f.json", "--policy-config", "c.json"], files)).code, 0);
    const odd = exported(
      ...([null, 7, {}, { urn: 1 }, { urn: "u", type: "t" }, { urn: "u", type: group, inputs: 3 }] as object[]),
    );
    assert.equal((await report(odd)).code, 0);
  });
});

describe("check: what it refuses", () => {
  const wrong: [string, string[], Record<string, unknown>, RegExp][] = [
    ["no command", [], {}, /No command is given/],
    ["another command", ["lint"], {}, /no command "lint"/],
    ["no file", ["check"], {}, /No file is given/],
    ["two files", ["check", "a", "b"], {}, /More than one file/],
    ["an unknown option", ["check", "a", "--xml"], {}, /Unknown option '--xml'/],
    ["two forms", ["check", "a", "--json", "--sarif"], {}, /exclude each other/],
    ["a file that is not there", ["check", "a"], {}, /Cannot read a: there is no such file/],
    ["an empty file", ["check", "-"], { "-": " \n" }, /Cannot check stdin: There is nothing in it/],
    ["YAML", ["check", "a"], { a: "name: x\nruntime: nodejs\n" }, /is not JSON: it seems to be YAML/],
    ["a preview for people", ["check", "a"], { a: "Previewing update (dev):\n + aws:s3 create\n" }, /add --json/],
    ["an event log", ["check", "a"], { a: '{"sequence":0}\n{"sequence":1}' }, /log of the engine's events/],
    ["a list", ["check", "a"], { a: [] }, /but a list/],
    ["another object", ["check", "a"], { a: { x: 1 } }, /JSON of no kind/],
    ["Terraform's plan", ["check", "a"], { a: { format_version: "1.2", planned_values: {} } }, /Terraform/],
    ["a template", ["check", "a"], { a: { Resources: {} } }, /CloudFormation/],
    ["an update plan", ["check", "a"], { a: { manifest: {}, resourcePlans: {} } }, /update plan/],
    ["a broken export", ["check", "a"], { a: { deployment: { resources: {} } } }, /not a list/],
    ["no configuration", ["check", "a", "--policy-config", "c"], { a: exported() }, /Cannot read c/],
    ["a configuration that is not JSON", ["check", "a", "--policy-config", "c"], { a: exported(), c: "x" }, /not JSON/],
    [
      "a misspelt policy",
      ["check", "a", "--policy-config", "c"],
      { a: exported(), c: { "iam-no": {} } },
      /"iam-no" does not exist/,
    ],
  ];
  for (const [what, args, files, expected] of wrong) {
    it(what, async () => {
      const { code, out, err } = await run(args, files);
      assert.deepEqual([code, out], [2, ""]);
      assert.match(err, expected);
      assert.ok(err.trim().split("\n").length >= 2, "it says what to do next");
    });
  }
});

describe("check: what it prints", () => {
  const state = exported(
    resource("fine", closed),
    resource("logs", { isMultiRegionTrail: true }, "aws:cloudtrail/trail:Trail"),
    resource("web", open),
    resource("later", { policy: "[secret]" }, "aws:iam/policy:Policy"),
  );

  it("80 columns of text, what blocks first, and nothing a terminal would obey", async () => {
    const sly = exported(resource("we\u001b[31mb", open));
    const { out } = await run(["check", "f"], { f: state });
    assert.ok(
      out.split("\n").every((line) => line.length <= 80),
      out,
    );
    assert.match(out, /^4 resources in f \(stack export\): 2 mandatory, 1 advisory\n1 value of it secret/);
    assert.ok(out.lastIndexOf("\nmandatory ") < out.indexOf("\nadvisory "));
    assert.ok(!(await run(["check", "f"], { f: sly })).out.includes("\u001b"));
    assert.equal(
      (await run(["check", "f"], { f: exported() })).out,
      "0 resources in f (stack export): 0 mandatory, 0 advisory\n",
    );
  });

  it("SARIF: by the schema, every rule with its help, findings that keep their fingerprints", async () => {
    const sarif = async (file: object, name = "build/stack export.json") => {
      const { out, code } = await run(["check", name, "--sarif"], { [name]: file });
      assert.equal(code, 1);
      assert.deepEqual(sarifProblems(JSON.parse(out)), []);
      return (
        JSON.parse(out) as {
          runs: [{ tool: { driver: { rules: { id: string; helpUri: string }[] } }; results: Sarif[] }];
        }
      ).runs[0];
    };
    const { tool, results } = await sarif(state);
    assert.deepEqual(
      tool.driver.rules.map(({ id }) => id),
      everyPolicy.map(({ id }) => id),
    );
    assert.ok(tool.driver.rules.every(({ helpUri }) => helpUri.startsWith("https://")));
    assert.deepEqual(
      results.map(({ kind, level }) => [kind, level]),
      [
        ["fail", "error"],
        ["fail", "error"],
        ["open", "none"],
      ],
    );
    const { physicalLocation: at, logicalLocations } = results[1]!.locations[0]!;
    assert.equal(at.artifactLocation.uri, "build/stack%20export.json");
    const line =
      JSON.stringify(state, undefined, 1)
        .split("\n")
        .findIndex((each) => each.includes("::web")) + 1;
    assert.equal(at.region.startLine, line);
    assert.equal(logicalLocations[0]?.fullyQualifiedName, urnOf(group, "web"));

    const prints = (all: Sarif[]) => all.map(({ partialFingerprints }) => partialFingerprints["policyUrnPath/v1"]!);
    assert.equal(new Set(prints(results)).size, 3);
    const moved = await sarif(
      exported(resource("first", closed), resource("web", { ...open, description: "new" })),
      "-",
    );
    assert.deepEqual(prints(moved.results), [prints(results)[1]]);
    const both = await sarif(exported(resource("a", open), resource("web", open)));
    assert.deepEqual(prints(both.results)[1], prints(results)[1]);
    assert.deepEqual(
      sarifProblems({ version: "2.1.0", runs: [{ tool: {}, results: [{ level: "fatal" }] }] }).length > 2,
      true,
    );
  });

  it("its help and its version", async () => {
    assert.deepEqual([(await run(["--help"])).out, (await run(["check", "-h"])).code], [`${usage}\n`, 0]);
    assert.ok(usage.split("\n").every((line) => line.length <= 80));
    assert.equal((await run(["--version"])).out, "1.2.3\n");
  });

  it("as a command of its own, without loading Pulumi", () => {
    const main = join(__dirname, "../../../policy-pack/check/main.ts");
    const script = `process.argv.splice(1, 0, "check-command"); require(${JSON.stringify(main)});
      process.on("exit", () => console.error(Object.keys(require.cache).filter((each) => /node_modules.@?(pulumi|grpc)/.test(each)).length));`;
    const args = ["-r", register, "-e", script, "--", "check", "-", "--json"];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, {
      input: JSON.stringify(state),
      encoding: "utf8",
    });
    assert.deepEqual([status, stderr.trim()], [1, "0"]);
    assert.equal((JSON.parse(stdout) as Report).summary.mandatory, 2);
  });

  it("waits for no named pipe, as a file or as a configuration, and reads what the shell opened", () => {
    const folder = scratch("check-pipe");
    mkdirSync(folder, { recursive: true });
    const [pipe, file] = [join(folder, "pipe"), join(folder, "state.json")];
    execFileSync("mkfifo", [pipe]);
    writeFileSync(file, JSON.stringify(exported(resource("sg", open))));
    const main = join(__dirname, "..", "..", "..", "policy-pack", "dist", "check", "main.js");
    const ran = (script: string) =>
      spawnSync("bash", ["-c", script, process.execPath, main, pipe, file], {
        encoding: "utf8",
        timeout: 20_000,
        killSignal: "SIGKILL",
      });
    const node = `"$0" "$1" check`;
    for (const args of ['"$2"', '"$3" --policy-config "$2"']) {
      const { status, stderr } = ran(`${node} ${args}`);
      assert.deepEqual([status, stderr.split("\n")[0]?.endsWith("it is a named pipe, a device or a socket, and no file.")], [2, true], args); // prettier-ignore
    }
    assert.equal(ran(`${node} <(cat "$3")`).status, 1);
    rmSync(folder, { recursive: true, force: true });
  });
});

interface Sarif {
  kind: string;
  level: string;
  locations: {
    physicalLocation: { artifactLocation: { uri: string }; region: { startLine: number } };
    logicalLocations: { fullyQualifiedName: string }[];
  }[];
  partialFingerprints: Record<string, string>;
}
