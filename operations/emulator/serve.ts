import { ExitCode } from "../../common/errors";
import { Progress } from "../../common/terminal";
import { startEmulator } from "../../sandbox/emulator";
import { createClients } from "../../sandbox/provider/clients";
import { seedAccountBefore } from "../../sandbox/seed";
import { beforeLines } from "../demo/before";

/**
 * Starts the emulated account, prints its endpoint as the one line on stdout, and stays until it is told to stop.
 *
 * @param empty leave the account as it starts, without the people and the open port of the demo
 * @returns 0 when it was told to stop once it was up; 130 when that happened before
 * @throws BaselineError when the emulator cannot be installed or started, or ends on its own
 */
export async function serveEmulator(empty: boolean): Promise<number> {
  const progress = new Progress();
  const interruption = new AbortController();
  const stopped = new Promise<undefined>((resolve) => {
    interruption.signal.addEventListener("abort", () => resolve(undefined), { once: true });
  });
  const stop = () => interruption.abort();
  process.on("SIGINT", stop).on("SIGTERM", stop);
  try {
    const emulator = await startEmulator({
      onProgress: (text) => progress.say(text),
      signal: interruption.signal,
    });
    const before = empty ? [] : await filled(emulator.endpoint);
    progress.clear();
    process.stdout.write(`${emulator.endpoint}\n`);
    const lines = [`Account ${emulator.accountId}, moto ${emulator.versions.moto}.`, ...before, "Ctrl-C ends it."];
    process.stderr.write(`${lines.join("\n")}\n`);
    const end = await Promise.race([emulator.exited, stopped]);
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
    process.off("SIGINT", stop).off("SIGTERM", stop);
  }
}

async function filled(endpoint: string): Promise<string[]> {
  const clients = createClients(endpoint);
  try {
    return beforeLines(await seedAccountBefore(clients), new Date());
  } finally {
    clients.destroy();
  }
}
