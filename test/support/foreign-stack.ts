import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { chmodSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { root } from "./graph";
import { register } from "./register";
import { scratch } from "./scratch";

/** How a command of Pulumi's ended. */
export interface Ended {
  code: number;
  stdout: string;
  /** Both streams. */
  text: string;
}

/** A stack of a program that is not of this package, on the real engine. Its AWS plugin makes nothing: it echoes. */
export class ForeignStack {
  private constructor(readonly folder: string) {}

  /**
   * @param program JavaScript
   * @param plugins more of its Pulumi.yaml
   */
  static async make(name: string, program: string, plugins = ""): Promise<ForeignStack> {
    const folder = scratch(name);
    const stack = new ForeignStack(folder);
    ["bin", "home", "backend"].forEach((each) => mkdirSync(join(folder, each)));
    const plugin = join(folder, "bin", "pulumi-resource-aws");
    const provider = join(root, "test", "engine", "echo-provider.ts");
    const command = [process.execPath, "--no-warnings", "--require", register, provider];
    writeFileSync(plugin, `#!/bin/sh\nexec ${command.map((each) => `'${each}'`).join(" ")} "$@"\n`);
    chmodSync(plugin, 0o755);
    const runtime = "name: elsewhere\nruntime: {name: nodejs, options: {typescript: false}}\n";
    writeFileSync(join(folder, "Pulumi.yaml"), runtime + plugins);
    writeFileSync(join(folder, "package.json"), `{ "main": "index.js" }`);
    writeFileSync(join(folder, "index.js"), program);
    const { code, text } = await stack.run(["stack", "init", "dev"]);
    assert.equal(code, 0, text);
    return stack;
  }

  /** Runs `pulumi` in the stack's folder. @param more variables of its environment */
  run(args: string[], more: Record<string, string> = {}): Promise<Ended> {
    const env = {
      ...process.env,
      PATH: `${join(this.folder, "bin")}${delimiter}${process.env["PATH"] ?? ""}`,
      PULUMI_HOME: join(this.folder, "home"),
      PULUMI_BACKEND_URL: `file://${join(this.folder, "backend")}`,
      PULUMI_CONFIG_PASSPHRASE: "practice",
      PULUMI_SKIP_UPDATE_CHECK: "1",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "1",
      NO_PROXY: "localhost,127.0.0.1,::1",
      no_proxy: "localhost,127.0.0.1,::1",
      ...more,
    };
    const options = { cwd: this.folder, env, maxBuffer: 16 * 1024 * 1024 };
    return new Promise((resolve) => {
      execFile("pulumi", [...args, "--color", "never"], options, (error, stdout, stderr) =>
        resolve({ code: error ? Number(error.code ?? 1) : 0, stdout, text: stdout + stderr }),
      );
    });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
