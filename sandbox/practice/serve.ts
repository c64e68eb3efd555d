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

/** What the account is like: nothing in it, as break-ins find it, or as they leave it. */
export type AccountIs = "empty" | "before" | "broken into";

/**
 * Starts the emulated account, prints its endpoint as the one line on stdout, and stays until it is told to stop.
 *
 * @param forPulumi also prepares a shell for `pulumi`, and says how to enter it
 * @returns 0 when it was told to stop once it was up; 130 when that happened before
 * @throws BaselineError when the emulator cannot be installed or started, or ends on its own
 */
export async function serveEmulator(is: AccountIs, forPulumi = false): Promise<number> {
  const progress = new Progress();
  const interruption = new Interruption(true);
  let rehearsal: Rehearsal | undefined;
  try {
    const emulator = await startEmulator({
      onProgress: (text) => progress.say(text),
      signal: interruption.signal,
    });
    const before = is === "empty" ? [] : await filled(emulator.endpoint, is === "broken into");
    rehearsal = forPulumi ? await prepareRehearsal(emulator.endpoint) : undefined;
    progress.clear();
    print(emulator.endpoint);
    const account = `Account ${emulator.accountId}, moto ${emulator.versions.moto}.`;
    const lines = [account, ...before, ...(rehearsal ? await shellFor(rehearsal) : []), "Ctrl-C ends it."];
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

async function filled(endpoint: string, brokenInto: boolean): Promise<string[]> {
  const clients = createClients(endpoint);
  try {
    const before = beforeLines(await seedAccountBefore(clients), new Date());
    if (!brokenInto) {
      return before;
    }
    const { user, accessKeyId } = await seedBreakIn(clients);
    const command = baselineCommand("respond", [accessKeyId], { endpoint });
    return [...before, `The key of ${user} has leaked, and somebody uses it. In another terminal:`, `  ${command}`];
  } finally {
    clients.destroy();
  }
}
