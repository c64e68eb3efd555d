import { join } from "node:path";
import { badInput } from "../../common/errors";
import { makeFolders } from "../../common/folders";
import { type Host } from "../../engine/host";
import { writePluginLauncher } from "../provider/install-plugin";
import { version as providerVersion } from "../provider/version";
import { awsPluginVersion, pulumiVersion } from "../../engine/pulumi/detect";
import { practiceEnvironment } from "../practice/practice-environment";
import { PulumiHost } from "../../engine/pulumi/pulumi-host";
import { practiceStack, type StageHand } from "./stage-hand";

/** The engine of a run, looked for before anything is started. */
export interface Engine {
  /** Version of the CLI. */
  cli: string;
  /** Version of the real AWS plugin, where that is to be used. */
  plugin?: string;
}

/**
 * Looks for the Pulumi CLI and, where it is asked for, for the real AWS plugin.
 *
 * @throws BaselineError `no-pulumi` or `no-aws-plugin` when something asked for is not installed
 */
export async function findEngine(realProvider: boolean): Promise<Engine> {
  const [cli, plugin] = await Promise.all([pulumiVersion(), realProvider ? awsPluginVersion() : undefined]);
  if (cli === undefined) {
    throw badInput(
      "no-pulumi",
      "There is no `pulumi` on PATH, which a run on the real engine needs.",
      "Install the Pulumi CLI, or leave the option away: the story then runs on the host in this process.",
    );
  }
  if (realProvider && plugin === undefined) {
    throw badInput(
      "no-aws-plugin",
      "The AWS plugin of Pulumi is not installed.",
      "Run `pulumi plugin install resource aws`, or leave --real-provider away.",
    );
  }
  return { cli, ...(plugin !== undefined && { plugin }) };
}

/** The real engine, with our provider served as its AWS plugin, or with the real plugin. */
export async function engineHost(hand: StageHand, { cli, plugin }: Engine): Promise<Host> {
  const { emulator, folder, settings, signal, onStep } = hand;
  const realProvider = plugin !== undefined;
  const bin = join(folder, "bin");
  makeFolders(bin);
  if (!realProvider) {
    await writePluginLauncher(bin);
  }
  return new PulumiHost({
    engine: `Pulumi ${cli}`,
    provider: realProvider
      ? `AWS plugin of Pulumi ${plugin} (pointed at the emulator)`
      : `sandbox provider on the AWS SDK, served as plugin ${providerVersion}`,
    folder,
    stack: practiceStack,
    config: realProvider ? { ...settings, ...emulatorConfig } : settings,
    environment: practiceEnvironment({ endpoint: emulator.endpoint, folder, bin, realProvider }),
    signal,
    onStep,
  });
}

// Source: pulumi-aws, provider configuration; what the real provider needs to accept an emulator.
const emulatorConfig = {
  "aws:skipCredentialsValidation": "true",
  "aws:skipMetadataApiCheck": "true",
  "aws:s3UsePathStyle": "true",
};
