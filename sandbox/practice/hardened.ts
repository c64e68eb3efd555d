import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { baselineCommand } from "../../common/command";
import { packageRoot, sandboxFolder } from "../../common/package-root";
import { type Progress } from "../../common/terminal";
import { BaselineError } from "../../common/errors";
import { readProject } from "../../engine/stack-files/stack-file";
import { inProcessHost } from "../demo/in-process-host";
import { type Emulator, startEmulator } from "../emulator";
import { installEmulator } from "../emulator/install";
import { withLock } from "../emulator/lock";
import { createClients } from "../provider/clients";
import { seedAccountBefore } from "../seed";

/** An emulated account with the baseline on it. */
export interface HardenedAccount {
  emulator: Emulator;
  /** How it was made, as a sentence. */
  made: string;
}

const homeRegion = "us-east-1";

/**
 * Starts an emulated account on which the program has run, with its default settings and one address for alerts. The
 * first time the program runs in this process, on an account as break-ins find it. The result is kept in `.sandbox`, and
 * the next start begins with a copy, for as long as program, sandbox and emulator stay the same.
 *
 * @throws BaselineError when the emulator cannot be installed or started, or the program does not get through
 */
export async function hardenedAccount(progress: Progress, signal: AbortSignal): Promise<HardenedAccount> {
  const onProgress = (text: string) => progress.say(text);
  const parent = join(sandboxFolder(), "hardened");
  const { command } = await installEmulator({ onProgress, signal });
  const state = join(parent, `${programHash(command)}.state`);
  await mkdir(parent, { recursive: true, mode: 0o700 });
  return withLock(`${state}.lock`, signal, async () => {
    if (existsSync(state)) {
      const day = statSync(state).mtime.toISOString().slice(0, 10);
      const made = `The baseline is on it: a copy of the account that was hardened on ${day}.`;
      return { emulator: await startEmulator({ onProgress, signal, state }), made };
    }
    const started = Date.now();
    const emulator = await startEmulator({ onProgress, signal });
    try {
      await harden(emulator, progress, signal);
      await keep(emulator, state);
    } catch (error) {
      await emulator.stop();
      throw error;
    }
    const seconds = Math.round((Date.now() - started) / 1000);
    const made = `The baseline is on it: the program ran in ${seconds} s. The next start takes a copy, which takes seconds.`;
    return { emulator, made };
  });
}

async function harden(emulator: Emulator, progress: Progress, signal: AbortSignal): Promise<void> {
  const project = readProject(join(packageRoot(), "Pulumi.yaml"));
  const aws = createClients(emulator.endpoint, homeRegion);
  const folder = join(sandboxFolder(), "hardened", `run-${process.pid}`);
  let done = 0;
  const host = await inProcessHost({
    ...{ emulator, project, folder, signal },
    settings: {
      "aws:region": homeRegion,
      [`${project.name}:alertChannel`]: { emails: ["security@example.com"] },
    },
    onStep: ({ op, type, region }) => progress.say(`hardening, once: ${(done += 1)}: ${op} ${type} ${region ?? ""}`),
  });
  try {
    await seedAccountBefore(aws);
    const { outcome } = await host.up("index");
    if (outcome !== "done") {
      throw new BaselineError(
        "practice-account-refused",
        "The program was refused by the policies, so there is no account with the baseline on it.",
        `What they say: ${baselineCommand("plan", [])}`,
      );
    }
  } finally {
    aws.destroy();
    await host.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Writes the account's state to a file, which takes its name when it is whole, and removes those of other programs. */
async function keep({ endpoint }: Emulator, state: string): Promise<void> {
  const path = `${state}.${process.pid}`;
  const answer = await fetch(`${endpoint}/sandbox/save`, { method: "POST", body: JSON.stringify({ path }) });
  if (!answer.ok) {
    throw new BaselineError(
      "account-not-kept",
      `The emulator could not write its state: ${answer.status} ${await answer.text()}`,
      "See that the folder .sandbox can be written to and the disk has 100 MB, and try again.",
    );
  }
  await rename(path, state);
  const others = readdirSync(dirname(state)).filter((name) => name.endsWith(".state") && name !== basename(state));
  await Promise.all(others.map((name) => rm(join(dirname(state), name), { force: true })));
}

/** A hash of all that the account depends on: program, provider, emulator, and the Python that runs it. */
function programHash(python: string): string {
  const root = packageRoot();
  const parts = [
    ...["index.js", "common", "components", "engine", "sandbox"].map((each) => join("dist", each)),
    ...[join("sandbox", "emulator"), "Pulumi.yaml", "package-lock.json"],
  ];
  const hash = createHash("sha256").update(python);
  for (const file of parts.flatMap((part) => filesBelow(join(root, part)))) {
    hash.update(file.slice(root.length)).update("\0").update(readFileSync(file));
  }
  return hash.digest("hex").slice(0, 12);
}

/** Code, not what Python and the build leave next to it. */
function filesBelow(path: string): string[] {
  if (!statSync(path).isDirectory()) {
    return /\.(js|py|txt|yaml|json)$/.test(path) ? [path] : [];
  }
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesBelow(join(path, name)));
}
