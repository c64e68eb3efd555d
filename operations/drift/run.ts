import { existsSync } from "node:fs";
import { join } from "node:path";
import { BaselineError } from "../../common/errors";
import { packageRoot, packageVersion } from "../../common/package-root";
import { type Terminal } from "../../common/question";
import { Progress } from "../../common/terminal";
import { settingsFromConfig } from "../../components/settings/from-config";
import { readProject, readStackConfig } from "../../sandbox/host/stack-file";
import { accountClients } from "../aws/account-clients";
import { openUserStack } from "../engine/user-stack";
import { type AcceptedDrift } from "./accepted";
import { driftAs, writeReports } from "./formats";
import { type DriftRequest, lookForDrift } from "./look";
import { type DriftOptions, type ReportFile } from "./request";
import { driftExitCode, lookAndFix } from "./session";
import { repositoryPrefix } from "./source";
import { type LeftAlone, leftAloneBy } from "./left-alone";

/**
 * Opens the stack, looks, fixes where that is asked for, and tells.
 *
 * @returns the exit code: 0 clean, 7 drift, 1 could not tell, 130 interrupted
 */
export async function runDrift(
  options: DriftOptions,
  { files, accepted }: { files: ReportFile[]; accepted: AcceptedDrift[] },
  terminal: Terminal = { input: process.stdin, output: process.stderr },
): Promise<number> {
  const progress = new Progress();
  const interrupt = new AbortController();
  const stop = () => interrupt.abort();
  // Not `once`: the Automation API's signal-exit ends the process by the signal where it finds no other listener left.
  process.on("SIGINT", stop).on("SIGTERM", stop);
  const onProgress = (text: string) => (text === "" ? progress.clear() : progress.say(text));
  const { homeRegion, ...settings } = ownSettings(options.stack);
  const aws = accountClients(homeRegion === undefined ? {} : { defaultRegion: homeRegion });
  let read = 0;
  try {
    onProgress("opening the stack");
    const { stack, policyConfig, who, unmanaged } = options;
    const host = await openUserStack({
      stack,
      signal: interrupt.signal,
      ...(policyConfig !== undefined && { policyConfig }),
      onEvent: ({ resOutputsEvent }) => resOutputsEvent && onProgress(`${(read += 1)} resources read`),
      onStep: ({ op, type }) => onProgress(`${op} ${type}`),
    });
    const name = stack.split("/").at(-1) ?? stack;
    const request = { ...settings, host, stack: name, aws, who, unmanaged, accepted, onProgress };
    const { report, exitCode } = options.fix
      ? await lookAndFix(request, { terminal, ...(options.yes && { yes: true }) })
      : await lookForDrift(request).then((each) => ({ report: each, exitCode: driftExitCode[each.state] }));
    progress.clear();
    const context = { version: packageVersion(), prefix: repositoryPrefix() };
    writeReports(files, report, context);
    const format = options.json ? "json" : options.markdown ? "markdown" : "text";
    process.stdout.write(driftAs(format, report, context));
    return exitCode;
  } finally {
    progress.clear();
    aws.destroy();
    process.off("SIGINT", stop).off("SIGTERM", stop);
  }
}

type OwnSettings = Pick<DriftRequest, "signsItself" | "notes"> & LeftAlone & { project: string; homeRegion?: string };

/** What of the stack's settings a look needs. Where they cannot be read, nothing is known to be left alone on purpose. */
function ownSettings(stack: string): OwnSettings {
  const root = packageRoot();
  const project = readProject(join(root, "Pulumi.yaml"));
  const file = join(root, `Pulumi.${stack.split("/").at(-1)}.yaml`);
  if (!existsSync(file)) {
    return { project: project.name };
  }
  try {
    const config = readStackConfig(project, file);
    const settings = settingsFromConfig(project.name, config);
    const own = { homeRegion: settings.homeRegion, signsItself: signsItself(config) };
    return { project: project.name, ...own, ...leftAloneBy(settings) };
  } catch (error) {
    if (!(error instanceof BaselineError)) {
      throw error;
    }
    const [why = ""] = error.message.split("\n");
    return { project: project.name, notes: [`What the settings leave alone is not known: ${why}`] };
  }
}

/** Settings of the AWS provider that go before the credentials of the environment. */
function signsItself(config: Record<string, string>): boolean {
  return ["accessKey", "assumeRole", "assumeRoles", "assumeRoleWithWebIdentity", "profile"].some(
    (key) => config[`aws:${key}`] !== undefined,
  );
}
