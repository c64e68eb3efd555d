import { type Command, Option } from "commander";

/** `baseline emulator`: an emulated account that stays up, for the commands that take `--endpoint`. */
export function emulatorCommand(parent: Command): void {
  parent
    .command("emulator")
    .description("start an emulated AWS account on this machine, to practise on with --endpoint; Ctrl-C ends it")
    .option("--empty", "leave it empty; by default it is filled as break-ins find an account")
    .addOption(
      new Option(
        "--break-in",
        "let a key have leaked, and be misused just now: to rehearse `respond`, with a timeline to read",
      ).conflicts("empty"),
    )
    .action(async ({ empty, breakIn }: { empty?: boolean; breakIn?: boolean }) => {
      const { serveEmulator } = await import("./serve.js");
      process.exitCode = await serveEmulator(empty ? "empty" : breakIn ? "broken into" : "before");
    });
}
