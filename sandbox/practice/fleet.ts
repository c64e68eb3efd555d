import { join } from "node:path";
import { ACCESS_KEY_VARIABLE } from "../provider/plugin-variables";
import { writePluginLauncher } from "../provider/install-plugin";
import { sandboxFolder } from "../../common/package-root";
import { linkProject } from "../../engine/pulumi/pulumi-host";
import { practiceEnvironment } from "./practice-environment";
import { type PracticeFleet } from "../../operations/apply/fleet/practice-place";

/** @param folder keeps state and stack files from one run to the next */
export async function practicePlace(endpoint: string, folder = join(sandboxFolder(), "fleet")): Promise<PracticeFleet> {
  const bin = join(folder, "bin");
  await writePluginLauncher(bin);
  const workDir = join(folder, "project");
  linkProject(workDir);
  return {
    workDir,
    environment: practiceEnvironment({ endpoint, folder, bin }),
    ofSession: ({ credentials }) => ({ [ACCESS_KEY_VARIABLE]: credentials?.accessKeyId ?? "" }),
  };
}
