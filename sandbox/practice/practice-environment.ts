import { existsSync, symlinkSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { makeFolders } from "../../common/folders";
import { throughEmulator } from "../../engine/pulumi/session-environment";

/** Where `pulumi` finds the emulator, and keeps everything else of a practice run. */
export interface PracticePlace {
  endpoint: string;
  /** A folder of this run's own: backend and Pulumi's home. */
  folder: string;
  /** Folder with the launcher of the sandbox provider. */
  bin: string;
  /** Takes the installed plugins of the user along. */
  realProvider?: boolean;
}

/** Environment of every `pulumi` process on the practice account, over that of this process. */
export function practiceEnvironment({ endpoint, folder, bin, realProvider }: PracticePlace): Record<string, string> {
  const home = join(folder, "pulumi-home");
  const backend = join(folder, "backend");
  [home, backend].forEach((each) => makeFolders(each));
  const plugins = join(process.env["PULUMI_HOME"] ?? join(homedir(), ".pulumi"), "plugins");
  if (realProvider && existsSync(plugins)) {
    symlinkSync(plugins, join(home, "plugins"));
  }
  return {
    PATH: `${bin}${delimiter}${process.env["PATH"] ?? ""}`,
    PULUMI_HOME: home,
    PULUMI_BACKEND_URL: `file://${backend}`,
    PULUMI_CONFIG_PASSPHRASE: "practice",
    PULUMI_SKIP_UPDATE_CHECK: "1",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "1",
    BASELINE_SANDBOX_ENDPOINT: endpoint,
    ...(realProvider ? throughEmulator(endpoint) : withoutProxy()),
    // Whoever runs this may have real credentials at hand. None of them may reach a provider.
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: "practice",
    AWS_SECRET_ACCESS_KEY: "practice",
    AWS_SESSION_TOKEN: "",
    AWS_PROFILE: "",
    AWS_CONFIG_FILE: join(home, "no-aws-config"),
    AWS_SHARED_CREDENTIALS_FILE: join(home, "no-aws-credentials"),
    AWS_EC2_METADATA_DISABLED: "true",
    // A lost cause is given up soon.
    AWS_MAX_ATTEMPTS: "2",
  };
}

/** Everything here talks over loopback, and no proxy leads there. */
function withoutProxy(): Record<string, string> {
  const names = ["no_proxy", "NO_PROXY"];
  const local = (name: string) => ["localhost,127.0.0.1,::1", process.env[name]].filter(Boolean).join(",");
  return Object.fromEntries(names.map((name) => [name, local(name)]));
}
