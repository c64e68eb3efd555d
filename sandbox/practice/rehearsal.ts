import { mkdtempSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { shellWord } from "../../common/command";
import { writePrivate } from "../../common/files";
import { makeFolders } from "../../common/folders";
import { sandboxFolder } from "../../common/package-root";
import { writePluginLauncher } from "../provider/install-plugin";
import { practiceEnvironment } from "./practice-environment";

/** What `pulumi` needs to work on an emulated account. */
export interface Rehearsal {
  /** Path of the script that a POSIX shell reads with `.`, from the current folder. */
  script: string;
  /** Removes the folder of the rehearsal, the states of its stacks included. */
  remove(): void;
}

/**
 * Prepares a folder with the sandbox's provider under the name of the AWS plugin, a home and a backend of Pulumi's, and
 * the script that makes a shell use them. In that shell `pulumi` reaches the emulated account and no other: it has no
 * credentials of the user's, no stack of the user's, and no real AWS plugin.
 *
 * @param endpoint the emulator's address
 */
export async function prepareRehearsal(endpoint: string): Promise<Rehearsal> {
  makeFolders(sandboxFolder());
  const folder = mkdtempSync(join(sandboxFolder(), "rehearsal-"));
  const bin = join(folder, "bin");
  await writePluginLauncher(bin);
  const script = join(folder, "environment.sh");
  writePrivate(script, scriptOf(practiceEnvironment({ endpoint, folder, bin }), bin));
  return {
    script: relative(process.cwd(), script) || script,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The commands of this tool refuse an endpoint that the environment names; they get it with `--endpoint`. */
function scriptOf(environment: Record<string, string>, bin: string): string {
  const elsewhere = ["PATH", "AWS_ENDPOINT_URL"];
  const lines = Object.entries(environment)
    .filter(([name]) => !elsewhere.includes(name))
    .map(([name, value]) => `export ${name}=${shellWord(value)}`);
  return [`export PATH=${shellWord(bin)}:"$PATH"`, "unset AWS_ENDPOINT_URL", ...lines, ""].join("\n");
}
