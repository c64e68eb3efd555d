import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { BaselineError, ExitCode } from "../../common/errors";
import { fileProblem, requirePlaceFor, writeReport } from "../../common/files";
import { makeFolders } from "../../common/folders";
import { packageRoot, sandboxFolder } from "../../common/package-root";
import { wrap } from "../../common/table";
import { print, Progress, styled, tell } from "../../common/terminal";
import { type Emulator, startEmulator } from "../emulator";
import { type Host } from "../../engine/host";
import { readProject } from "../../engine/stack-files/stack-file";
import { createClients } from "../provider/clients";
import { seedAccountBefore } from "../seed";
import { pulumiVersion } from "../../engine/pulumi/detect";
import { type DemoOptions } from "./options";
import { type Engine } from "./engine-host";
import { inProcessHost } from "./in-process-host";
import { storyAsHtml } from "./page";
import { type StageHand } from "./stage-hand";
import { playStory, type Story } from "./story";
import { tellings } from "./tell";
import { leftOutText, withoutUnknown } from "./unknown-to-emulator";
import { Interruption } from "../../common/interruption";

const homeRegion = "us-east-1";
const namePrefix = "baseline";
const pageStep = "Page of this run";

/**
 * Starts the practice account, plays the story on it, and takes it down again, whatever happens.
 *
 * @returns the exit code: 0 when every step held, 1 when one did not, 130 when it was interrupted
 */
export async function demo(options: DemoOptions): Promise<number> {
  const progress = new Progress();
  const interruption = new Interruption(true);
  let emulator: Emulator | undefined;
  let folder: string | undefined;
  let held = false;
  try {
    preparePlaceFor(options.report);
    const engine = await chooseEngine(options);
    emulator = await startEmulator({ onProgress: (text) => progress.say(text), signal: interruption.signal });
    folder = runFolder();
    const died = emulator.exited.then(({ error }) => Promise.reject(error ?? new Error("stopped")));
    const story = await Promise.race([
      play(engine, emulator, folder, progress, interruption.signal),
      died,
      aborted(interruption.signal),
    ]);
    story.steps.push({ name: pageStep, held: true });
    writeReport(options.report, storyAsHtml(story));
    tellStep(progress, pageStep, story, true);
    print(`   ${options.report}\n`);
    held = story.steps.every((each) => each.held);
    print(
      held
        ? styled("green", `All ${story.steps.length} steps held (${story.seconds.toFixed(1)} s).`)
        : styled("red", `Did not hold: ${story.steps.flatMap((each) => (each.held ? [] : [each.name])).join(", ")}.`),
    );
    return held ? ExitCode.ok : ExitCode.failed;
  } catch (error) {
    progress.clear();
    const kept = keptState(folder);
    if (interruption.signal.aborted) {
      tell(`Stopped. ${emulator ? "The emulator is down." : "Nothing was begun."}${kept ? ` ${kept}` : ""}`);
      return ExitCode.interrupted;
    }
    throw kept ? withHint(error as Error, kept) : error;
  } finally {
    progress.clear();
    await emulator?.stop();
    interruption.end();
    if (folder && (held || !keptState(folder))) {
      rmSync(folder, { recursive: true, force: true });
    }
  }
}

function settings(project: string, realProvider: boolean): Record<string, unknown> {
  return {
    "aws:region": homeRegion,
    [`${project}:alertChannel`]: { emails: ["security@example.com"] },
    ...(realProvider && withoutUnknown(project)),
  };
}

/** Where the state so far is, as a sentence; undefined while there is none. */
function keptState(folder: string | undefined): string | undefined {
  return folder && readdirSync(folder).length > 0 ? `The state so far is kept in ${folder}.` : undefined;
}

function withHint(error: Error, hint: string): Error {
  error.message = `${error.message}\n${hint}`;
  error.stack = `${error.stack ?? ""}\n${hint}`;
  return error;
}

async function play(
  engine: Engine | undefined,
  emulator: Emulator,
  folder: string,
  progress: Progress,
  signal: AbortSignal,
): Promise<Story> {
  const project = readProject(join(packageRoot(), "Pulumi.yaml"));
  let done = 0;
  let total = 0;
  const hand: StageHand = {
    emulator,
    project,
    settings: settings(project.name, engine?.plugin !== undefined),
    folder,
    signal,
    onStep: ({ op, type, region }) => progress.say(`${(done += 1)}/${total}: ${op} ${type} ${region ?? ""}`),
  };
  progress.say("starting the policy pack");
  const host = engine ? await engineHost(hand, engine) : await inProcessHost(hand);
  const aws = createClients(emulator.endpoint, homeRegion);
  const { moto, python } = emulator.versions;
  try {
    progress.clear();
    print(`Engine:   ${host.engine}`);
    print(`Provider: ${host.provider}`);
    print(`Emulator: moto ${moto} on Python ${python}`);
    print(`Account:  ${emulator.accountId}, at ${emulator.endpoint}`);
    if (engine?.plugin !== undefined) {
      print(hanging(leftOutText).trimStart());
    }
    return await playStory({
      host,
      aws,
      seed: seedAccountBefore,
      emulator: `moto ${moto} on Python ${python}`,
      accountId: emulator.accountId,
      homeRegion,
      namePrefix,
      onStep: (name, story, stepHeld) => {
        total = story.preview?.resources.length ?? 0;
        tellStep(progress, name, story, stepHeld);
      },
    });
  } finally {
    aws.destroy();
    await host.close();
  }
}

function tellStep(progress: Progress, name: string, story: Partial<Story>, held?: boolean): void {
  if (held === undefined) {
    progress.say(`${name} ...`);
    return;
  }
  progress.clear();
  const number = story.steps?.length ?? 0;
  print(`\n${styled("bold", `${number}  ${name}`)}  ${held ? styled("green", "held") : styled("red", "DID NOT HOLD")}`);
  for (const line of tellings[name]?.(story as Story) ?? []) {
    print(hanging(line));
  }
}

// At most 80 columns; what does not fit goes on below, a little further in.
function hanging(line: string): string {
  const indent = "   " + (/^ */.exec(line)?.[0] ?? "");
  return wrap(line.trimStart(), 80 - indent.length - 2)
    .map((part, index) => (part ? `${indent}${index > 0 ? "  " : ""}${part}` : ""))
    .join("\n");
}

/** Fails now rather than after the whole story. */
function preparePlaceFor(report: string): void {
  try {
    makeFolders(dirname(report));
  } catch {
    // What is missing is said below.
  }
  requirePlaceFor(report);
}

function runFolder(): string {
  const parent = sandboxFolder();
  try {
    makeFolders(parent);
    return mkdtempSync(join(parent, "demo-"));
  } catch (error) {
    const sentence = `There is no room for the run's own files in ${parent}: ${fileProblem(error)}.`;
    throw new BaselineError("no-run-folder", sentence, "Make it a folder that can be written to.");
  }
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(new Error("interrupted")), { once: true });
  });
}

// Loaded only when there is an engine: the Automation API is as large as the rest of Pulumi's SDK.
const engineModule = () => import("./engine-host.js");

/** The real engine where there is one or it is asked for; undefined stands for the host in this process. */
async function chooseEngine({ inProcess, realProvider = false }: DemoOptions): Promise<Engine | undefined> {
  if (!realProvider && (inProcess || (await pulumiVersion()) === undefined)) {
    return undefined;
  }
  return (await engineModule()).findEngine(realProvider);
}

async function engineHost(hand: StageHand, engine: Engine): Promise<Host> {
  return (await engineModule()).engineHost(hand, engine);
}
