import { existsSync } from "node:fs";
import { join } from "node:path";
import { BaselineError } from "../../../common/errors";
import { packageRoot, packageVersion } from "../../../common/package-root";
import { ownTerminal, print, Progress } from "../../../common/terminal";
import { stackFilePlaces } from "../../../components/foundation/settings/stack-places";
import { settingsFromConfig } from "../../../components/stack-config";
import { readProject, readStackConfig } from "../../../engine/stack-files/stack-file";
import { openPinned, type PinnedAccount, pinnedAccount } from "../../../engine/pulumi/pinned-stack";
import { stackFile } from "../../../engine/stack-files/stack-config-file";
import { type AcceptedDrift } from "./accepted-limits";
import { writeReports } from "../../../common/files";
import { driftAs } from "./formats";
import { type DriftRequest, lookForDrift } from "./look";
import { type DriftOptions, type ReportFile } from "./request";
import { driftExitCode, lookAndFix } from "./session";
import { repositoryPrefix } from "./source";
import { type LeftAlone, leftAloneBy } from "./left-alone";
import { Interruption } from "../../../common/interruption";

/**
 * Opens the stack, looks, fixes where that is asked for, and tells.
 *
 * @returns the exit code: 0 clean, 7 drift, 1 could not tell, 130 interrupted
 */
export async function runDrift(options: DriftOptions, request: DriftFiles): Promise<number> {
  const { homeRegion, ...settings } = ownSettings(options.stack);
  const account = await pinnedAccount(options, homeRegion);
  try {
    const exitCode = await driftIn(account, options, request, settings);
    account.session.requireIdentity();
    return exitCode;
  } finally {
    account.session.close();
  }
}

interface DriftFiles {
  files: ReportFile[];
  accepted: AcceptedDrift[];
}

async function driftIn(
  { session, accountIds }: PinnedAccount,
  options: DriftOptions,
  { files, accepted }: DriftFiles,
  settings: Omit<OwnSettings, "homeRegion">,
): Promise<number> {
  const terminal = ownTerminal();
  const progress = new Progress();
  const interruption = new Interruption(true);
  const onProgress = (text: string) => (text === "" ? progress.clear() : progress.say(text));
  const { clients: aws, identity } = session;
  let read = 0;
  try {
    onProgress("opening the stack");
    const { stack, policyConfig, who, unmanaged } = options;
    const host = await openPinned(session, {
      stack,
      signal: interruption.signal,
      ...(policyConfig !== undefined && { policyConfig }),
      onEvent: ({ resOutputsEvent }) => resOutputsEvent && onProgress(`${(read += 1)} resources read`),
      onStep: ({ op, type }) => onProgress(`${op} ${type}`),
    });
    const name = stack.split("/").at(-1) ?? stack;
    const request = { ...settings, identity, accountIds, host, stack: name, aws, who, unmanaged, accepted, onProgress };
    const { report, exitCode } = options.fix
      ? await lookAndFix(request, { terminal, ...(options.yes && { yes: true }) })
      : await lookForDrift(request).then((each) => ({ report: each, exitCode: driftExitCode[each.state] }));
    progress.clear();
    const context = { version: packageVersion(), prefix: repositoryPrefix() };
    const format = options.json ? "json" : options.markdown ? "markdown" : "text";
    print(driftAs(format, report, context));
    writeReports(files.map((each) => ({ path: each.path, text: driftAs(each.format, report, context) })));
    return exitCode;
  } finally {
    progress.clear();
    interruption.end();
  }
}

type OwnSettings = Pick<DriftRequest, "notes"> & LeftAlone & { project: string; homeRegion?: string };

/** What of the stack's settings a look needs. Where they cannot be read, nothing is known to be left alone on purpose. */
function ownSettings(stack: string): OwnSettings {
  const root = packageRoot();
  const project = readProject(join(root, "Pulumi.yaml"));
  const file = stackFile(root, stack);
  if (!existsSync(file)) {
    return { project: project.name };
  }
  try {
    const config = readStackConfig(project, file);
    const settings = settingsFromConfig(project.name, config, stackFilePlaces(file, project.name));
    return { project: project.name, homeRegion: settings.homeRegion, ...leftAloneBy(settings) };
  } catch (error) {
    if (!(error instanceof BaselineError)) {
      throw error;
    }
    // The first problem with its line, without the long list of what is known.
    const [why = "", first = ""] = error.message.split("\n");
    const what = error.code === "invalid-settings" ? `${why} ${first.trim()}` : why;
    return { project: project.name, notes: [`What the settings leave alone is not known: ${what}`] };
  }
}
