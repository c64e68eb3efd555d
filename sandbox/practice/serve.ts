import { ExitCode } from "../../common/errors";
import { baselineCommand, shellWord } from "../../common/command";
import { print, Progress, tell } from "../../common/terminal";
import { startEmulator } from "../emulator";
import { createClients } from "../provider/clients";
import { seedAccountBefore } from "../seed";
import { seedBreakIn } from "../seed/break-in";
import { beforeLines } from "../demo/before";
import { pulumiVersion } from "../../engine/pulumi/detect";
import { prepareRehearsal, type Rehearsal } from "./rehearsal";
import { Interruption } from "../../common/interruption";

/** What the account is like. Without any of these it is as break-ins find an account. */
export interface AccountIs {
  /** Nothing is in it. */
  empty: boolean;
  /** The baseline is on it. */
  hardened: boolean;
  /** A key has leaked and is misused. */
  breakIn: boolean;
  /** A shell for `pulumi` is prepared, too. */
  pulumi: boolean;
}

/**
 * Starts the emulated account, prints its endpoint as the one line on stdout, and stays until it is told to stop.
 *
 * @returns 0 when it was told to stop once it was up; 130 when that happened before
 * @throws BaselineError when the emulator cannot be installed or started, or ends on its own
 */
export async function serveEmulator(is: AccountIs): Promise<number> {
  const progress = new Progress();
  const interruption = new Interruption(true);
  let rehearsal: Rehearsal | undefined;
  try {
    const { emulator, made } = await started(is, progress, interruption.signal);
    const filled = await filling(emulator.endpoint, is);
    rehearsal = is.pulumi ? await prepareRehearsal(emulator.endpoint) : undefined;
    progress.clear();
    print(emulator.endpoint);
    const account = `Account ${emulator.accountId}, moto ${emulator.versions.moto}.`;
    const lines = [...made, account, ...filled, ...(rehearsal ? await shellFor(rehearsal) : []), "Ctrl-C ends it."];
    tell(lines.join("\n"));
    const end = await interruption.unlessStopped(emulator.exited);
    if (end?.error) {
      throw end.error;
    }
    await emulator.stop();
    return ExitCode.ok;
  } catch (error) {
    if (interruption.signal.aborted) {
      return ExitCode.interrupted;
    }
    throw error;
  } finally {
    progress.clear();
    rehearsal?.remove();
    interruption.end();
  }
}

async function shellFor({ script }: Rehearsal): Promise<string[]> {
  const missing = "There is no `pulumi` on PATH. Install it first: https://www.pulumi.com/docs/install/";
  return [
    ...((await pulumiVersion()) === undefined ? [missing] : []),
    "To rehearse `pulumi up` on it, enter this in another terminal, in the same folder, and go on as docs/rehearse.md says:",
    `  . ${shellWord(script.includes("/") ? script : `./${script}`)}`,
  ];
}

async function started({ hardened }: AccountIs, progress: Progress, signal: AbortSignal) {
  if (hardened) {
    const { emulator, made } = await (await import("./hardened.js")).hardenedAccount(progress, signal);
    return { emulator, made: [made] };
  }
  return { emulator: await startEmulator({ onProgress: (text) => progress.say(text), signal }), made: [] };
}

async function filling(endpoint: string, { empty, hardened, breakIn }: AccountIs): Promise<string[]> {
  const clients = createClients(endpoint);
  try {
    // A hardened account was filled before the program ran.
    const before = empty || hardened ? [] : beforeLines(await seedAccountBefore(clients), new Date());
    if (!breakIn) {
      return before;
    }
    const { user, accessKeyId } = await seedBreakIn(clients);
    const command = baselineCommand("respond", [accessKeyId], { endpoint });
    return [...before, `The key of ${user} has leaked, and somebody uses it. In another terminal:`, `  ${command}`];
  } finally {
    clients.destroy();
  }
}
