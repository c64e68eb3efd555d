import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { chmodSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { titled, whyNotEngine } from "../support/conditions";
import { root } from "../support/graph";
import { register } from "../support/register";
import { scratch } from "../support/scratch";

// As a program in another language asks for a component: by its token, from the plugin of the package.
const program = `
const { ComponentResource } = require("@pulumi/pulumi");
const args = { minimumLength: 20, reusePrevention: 24, maxAgeDays: 90 };
class Remote extends ComponentResource {
  constructor() { super("baseline:index:PasswordPolicy", "passwords", args, {}, true); }
}
new Remote();
`;

describe(titled("a component in a program in another language, in the real engine", whyNotEngine), function () {
  this.timeout(600_000);
  let folder: string;

  before(async function () {
    if (whyNotEngine) {
      this.skip();
    }
    folder = scratch("engine-components");
    ["bin", "home", "backend"].forEach((each) => mkdirSync(join(folder, each)));
    const plugin = join(folder, "bin", "pulumi-resource-aws");
    const command = [
      process.execPath,
      "--no-warnings",
      "--require",
      register,
      join(root, "test/engine/echo-provider.ts"),
    ];
    writeFileSync(plugin, `#!/bin/sh\nexec ${command.map((each) => `'${each}'`).join(" ")} "$@"\n`);
    chmodSync(plugin, 0o755);
    const provider = `plugins: { providers: [{ name: baseline, path: ${JSON.stringify(join(root, "components"))} }] }\n`;
    const runtime = "name: elsewhere\nruntime: {name: nodejs, options: {typescript: false}}\n";
    writeFileSync(join(folder, "Pulumi.yaml"), runtime + provider);
    writeFileSync(join(folder, "package.json"), `{ "main": "index.js" }`);
    writeFileSync(join(folder, "index.js"), program);
    await pulumi("stack", "init", "dev");
    await pulumi("config", "set", "aws:region", "eu-west-1");
  });
  after(() => {
    if (folder) {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it("is made with its resources", async () => {
    await pulumi("up", "--yes", "--skip-preview", "--non-interactive");
    const state = JSON.parse(await pulumi("stack", "export")) as {
      deployment: { resources: { type: string; inputs?: Record<string, unknown> }[] };
    };
    const { resources } = state.deployment;
    assert.ok(resources.some(({ type }) => type === "baseline:index:PasswordPolicy"));
    const made = resources.find(({ type }) => type.startsWith("aws:iam/accountPasswordPolicy:"));
    assert.equal(made?.inputs?.["minimumPasswordLength"], 20);
  });

  function pulumi(...args: string[]): Promise<string> {
    const env = {
      ...process.env,
      PATH: `${join(folder, "bin")}${delimiter}${process.env["PATH"] ?? ""}`,
      PULUMI_HOME: join(folder, "home"),
      PULUMI_BACKEND_URL: `file://${join(folder, "backend")}`,
      PULUMI_CONFIG_PASSPHRASE: "practice",
      PULUMI_SKIP_UPDATE_CHECK: "1",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "1",
    };
    return new Promise((done, fail) => {
      execFile("pulumi", args, { cwd: folder, env, maxBuffer: 16 * 1024 * 1024 }, (error, stdout, stderr) =>
        error ? fail(new Error(stdout + stderr)) : done(stdout),
      );
    });
  }
});
