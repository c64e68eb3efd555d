import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { packageRoot } from "../../common/package-root";

/** The name by which the Pulumi engine looks for the AWS plugin on PATH. */
const PLUGIN = "pulumi-resource-aws";

/**
 * Writes a launcher of the sandbox provider under the name of the AWS plugin; with its folder first on PATH and
 * BASELINE_SANDBOX_ENDPOINT set, the engine takes it for the real one.
 *
 * @returns the launcher's path
 */
export async function writePluginLauncher(directory: string): Promise<string> {
  await mkdir(directory, { recursive: true });
  const plugin = join(packageRoot(), "dist", "sandbox", "provider", "plugin.js");
  const path = join(directory, PLUGIN);
  // Warnings go to the engine's log as errors of the provider, hence --no-warnings.
  await writeFile(path, `#!/bin/sh\nexec ${quoted(process.execPath)} --no-warnings ${quoted(plugin)} "$@"\n`);
  await chmod(path, 0o755);
  await writeFile(`${path}.cmd`, `@"${process.execPath}" --no-warnings "${plugin}" %*\r\n`);
  return path;
}

function quoted(path: string): string {
  return `'${path.replaceAll("'", `'\\''`)}'`;
}
