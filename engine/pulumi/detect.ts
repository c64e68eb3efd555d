import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

/** The version of the Pulumi CLI on PATH, such as `v3.260.0`; undefined when there is none. */
export async function pulumiVersion(): Promise<string | undefined> {
  try {
    const { stdout } = await run("pulumi", ["version"], { env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "1" } });
    return stdout.trim();
  } catch {
    return undefined;
  }
}

/** The version of the real AWS plugin among the installed ones (`pulumi plugin ls`); undefined when there is none. */
export async function awsPluginVersion(): Promise<string | undefined> {
  try {
    const { stdout } = await run("pulumi", ["plugin", "ls", "--json"]);
    const plugins = JSON.parse(stdout) as { name: string; kind: string; version: string }[];
    return plugins
      .filter(({ name, kind }) => name === "aws" && kind === "resource")
      .map(({ version }) => version)
      .sort()
      .at(-1);
  } catch {
    return undefined;
  }
}
