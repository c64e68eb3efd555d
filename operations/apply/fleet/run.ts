import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { badInput, BaselineError, ExitCode } from "../../../common/errors";
import { packageRoot } from "../../../common/package-root";
import { requirePlaceFor, writeReport } from "../../../common/files";
import { question } from "../../../common/question";
import { ownTerminal, print, tell, type Terminal } from "../../../common/terminal";
import { settingsFromConfig } from "../../../components/stack-config";
import { readProject } from "../../../engine/stack-files/stack-file";
import { emulatorAt } from "../../../aws/account-clients";
import { sessionOptions } from "../../../aws/options";
import { DEFAULT_TIMEOUT, RunLimit, secondsOf } from "../../../aws/run-limit";
import { AwsSession, openSession as openHub } from "../../../aws/session";
import { ACCEPTED_FILE, readAccepted } from "../../watch/drift/accepted-file";
import { leftAloneBy } from "../../watch/drift/left-alone";
import { openUserStack } from "../../../engine/pulumi/user-stack";
import { policyConfigPath } from "../../../engine/policies/policy-config";
import { toAws } from "../../../engine/pulumi/session-environment";
import { pulumiCommand } from "../../../engine/pulumi/pulumi-command";
import { accountConfig, requireValidSettings, stackSettings } from "./account-settings";
import { loadAccounts } from "./accounts";
import { type FleetRun, runFleet } from "./fleet";
import { Journal } from "./journal";
import { bytesPerAccount, defaultConcurrency, freeMemory, gigabytes } from "./memory";
import { type PracticePlaces } from "./practice-place";
import { FleetProgress } from "./progress";
import { ended, fleetAsJson, fleetAsJunit, fleetAsText } from "./render";
import { type FleetOptions, requestedConcurrency } from "./request";
import { fleetExitCode, type FleetReport, type FleetVerb } from "./result";
import { type AccountRun } from "./run-account";
import { Interruption } from "../../../common/interruption";

/** Folder for journals and locks, in the project's; git ignores it. */
const OWN_FOLDER = ".baseline";

/** What a run takes from outside; tests put their own in its place. */
export interface FleetOutside extends Pick<AccountRun, "clientsFor" | "hub" | "openStack" | "sleep"> {
  workDir: string;
  environment: Record<string, string>;
  /** Progress and questions go to its output. */
  terminal: Terminal;
  /** Stops the run, as Ctrl-C does. */
  interrupt?: AbortController;
  print: (text: string) => void;
  /** Lets go of what the run has opened. */
  close?: () => void;
}

/**
 * Runs a verb on every account, and tells.
 *
 * @param given what the run takes from outside, or how to prepare a practice run on an emulator
 * @returns the exit code: 0 done, 7 drift, 1 something failed or could not be told, 130 interrupted
 * @throws BaselineError with exit code 2 for whatever is wrong before the first account is touched
 */
export async function runFleetCommand(
  verb: FleetVerb,
  options: FleetOptions,
  given: FleetOutside | PracticePlaces,
): Promise<number> {
  let outside = typeof given === "function" ? undefined : given;
  const interruption = new Interruption(true, outside?.interrupt);
  let progress: FleetProgress | undefined;
  try {
    const asked = requestedConcurrency(options.concurrency);
    if (options.junit !== undefined) {
      requirePlaceFor(options.junit);
    }
    outside ??= await realOutside(options, given as PracticePlaces);
    requireSomebody(verb, options, outside.terminal);
    progress = new FleetProgress(outside.terminal.output as NodeJS.WriteStream);
    const run = await prepare(verb, options, outside, progress, interruption.signal);
    if (run.accounts.length === 0) {
      outside.print(`fleet ${verb}: nothing of the last run is left to do.`);
      return ExitCode.ok;
    }
    run.concurrency = asked ?? defaultConcurrency(run.accounts.length);
    progress.line(
      `${run.accounts.length} account(s), ${run.concurrency} at a time ` +
        `(${gigabytes(bytesPerAccount)} each, ${gigabytes(freeMemory())} free).`,
    );
    const first = verb === "up" && !options.yes ? await agreedTo(run, options, outside, progress) : undefined;
    if (!first) {
      await (await outside.hub?.())?.confirm();
    }
    const report = first ?? (await runFleet(run));
    progress.clear();
    show(report, options, outside.print);
    return fleetExitCode(report);
  } finally {
    progress?.clear();
    outside?.close?.();
    interruption.end();
  }
}

async function prepare(
  verb: FleetVerb,
  { accounts: file, only, resume = false, continueOnError = false, endpoint }: FleetOptions,
  outside: FleetOutside,
  progress: FleetProgress,
  signal: AbortSignal,
): Promise<FleetRun> {
  const { workDir, clientsFor, hub, openStack, sleep, environment } = outside;
  const project = readProject(join(workDir, "Pulumi.yaml"));
  const journals = join(workDir, OWN_FOLDER);
  const { accounts: all, leftOut, whereOf } = await loadAccounts(file, only, () => clientsFor());
  const accounts = resume ? Journal.resume(journals, verb).unfinished(all) : all;
  requireValidSettings(accounts, project, workDir, endpoint, whereOf);
  accounts.forEach(({ policyConfig }) => policyConfig !== undefined && policyConfigPath(policyConfig));
  return {
    verb,
    project: project.name,
    workDir,
    accounts,
    leftOut,
    resume,
    continueOnError,
    journals,
    locks: join(journals, "locks"),
    concurrency: 1,
    environment,
    clientsFor,
    ...(hub && { hub }),
    openStack,
    sleep,
    signal,
    config: (account) => accountConfig(account, project.name),
    leftAlone: (account) => leftAloneBy(settingsFromConfig(project.name, stackSettings(account, project, workDir))),
    accepted: verb === "drift" ? readAccepted(join(workDir, ACCEPTED_FILE), false) : [],
    onProgress: ({ name }, text) => progress.say(name, text),
    onResult: (result) => progress.end(result.name, ended(result)),
  };
}

/**
 * Shows what would happen, and asks.
 *
 * @returns a report when that ends the run: something failed, there is nothing to do, or the answer was not yes
 */
async function agreedTo(
  run: FleetRun,
  { continueOnError = false }: FleetOptions,
  { terminal }: FleetOutside,
  progress: FleetProgress,
): Promise<FleetReport | undefined> {
  if (!run.resume) {
    // From here on there is a run to go on with; the one before must not be taken for it.
    Journal.begin(run.journals, run.verb, run.accounts, new Date());
    run.resume = true;
  }
  const preview = await runFleet({ ...run, verb: "preview", resume: false });
  progress.clear();
  const ready = preview.accounts.filter(({ state }) => state === "done");
  const changing = ready.filter(({ changes = {} }) => Object.keys(changes).some((op) => op !== "same"));
  const stops = ready.length < preview.accounts.length && !continueOnError;
  if (stops || changing.length === 0 || run.signal.aborted) {
    return preview;
  }
  tell(`${fleetAsText(preview)}\n`, terminal.output);
  const answer = await question(`Update ${changing.length} account(s)? [y/N] `, terminal);
  if (answer === "yes") {
    run.accounts = run.accounts.filter(({ name }) => ready.some((each) => each.name === name));
    run.already = preview.accounts.filter((each) => !ready.includes(each));
    return undefined;
  }
  throw new BaselineError(
    "not-agreed",
    "Nothing was updated.",
    "Run it again, and answer with y.",
    answer === "stopped" ? ExitCode.interrupted : ExitCode.failed,
  );
}

function requireSomebody(verb: FleetVerb, { yes }: FleetOptions, { input }: Terminal): void {
  if (verb === "up" && !yes && !input.isTTY) {
    throw badInput(
      "not-agreed",
      "An update needs somebody's word, and nobody can be asked here; nothing was done.",
      "Run it with --yes; `fleet preview` shows what would happen.",
    );
  }
}

function show(report: FleetReport, { json, junit }: FleetOptions, print: (text: string) => void): void {
  print(json ? fleetAsJson(report) : fleetAsText(report));
  if (junit !== undefined) {
    writeReport(junit, fleetAsJunit(report));
  }
}

async function realOutside(options: FleetOptions, practicePlace: PracticePlaces): Promise<FleetOutside> {
  const { endpoint, profile } = options;
  const seconds = secondsOf(options.timeout ?? DEFAULT_TIMEOUT);
  if (endpoint !== undefined) {
    // Refuses an address that is no emulator here, rather than once for each account.
    emulatorAt(endpoint);
  }
  await pulumiCommand();
  let opened: Promise<AwsSession> | undefined;
  // Without the limit: one account must not take the time of the next, so each reading has the whole of it.
  const signing = { ...(profile !== undefined && { profile }), ...(endpoint !== undefined && { endpoint }) };
  const hub = () => (opened ??= openHub(signing));
  const practice = endpoint === undefined ? undefined : await practicePlace(endpoint);
  return {
    workDir: practice?.workDir ?? packageRoot(),
    environment: practice?.environment ?? {},
    clientsFor: async (credentials) =>
      credentials
        ? (await AwsSession.open({ ...sessionOptions(options), credentials })).clients
        : (await hub()).clientsWith(undefined, new RunLimit(seconds)),
    hub,
    close: () => void opened?.then((session) => session.close()).catch(() => undefined),
    openStack: async (opening, session) =>
      openUserStack({
        ...opening,
        environment: {
          ...(practice ? undefined : toAws((await hub()).settings)),
          ...opening.environment,
          ...practice?.ofSession(session),
        },
      }),
    sleep: async (milliseconds, signal) => {
      await wait(milliseconds, undefined, { signal }).catch(() => undefined);
    },
    terminal: ownTerminal(),
    print,
  };
}
