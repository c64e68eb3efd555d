import { join } from "node:path";
import { ACCESS_KEY_VARIABLE } from "../provider/plugin-variables";
import { writePluginLauncher } from "../provider/install-plugin";
import { linkProject } from "../../engine/pulumi/pulumi-host";
import { practiceEnvironment } from "./practice-environment";
import { type Session } from "../../operations/apply/fleet/session";

/** Where a fleet practises: on the accounts of an emulator, with stack files and state of its own. */
export interface PracticeFleet {
  workDir: string;
  environment: Record<string, string>;
  /** What the sandbox provider has to be told of a session. */
  ofSession(session: Session): Record<string, string>;
}

/** @param folder keeps state and stack files from one run to the next */
export async function practicePlace(endpoint: string, folder: string): Promise<PracticeFleet> {
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
