import { type Command } from "commander";

/** `baseline emulator`: an emulated account that stays up, for the commands that take `--endpoint`. */
export function emulatorCommand(parent: Command): void {
  parent
    .command("emulator")
    .description("start an emulated AWS account on this machine, to practise on with --endpoint; Ctrl-C ends it")
    .option("--empty", "leave it empty; by default it is filled as break-ins find an account")
    .action(async ({ empty }: { empty?: boolean }) => {
      const { serveEmulator } = await import("./serve.js");
      process.exitCode = await serveEmulator(empty === true);
    });
}
