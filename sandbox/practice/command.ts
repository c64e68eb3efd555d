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
    .option(
      "--pulumi",
      "also prepare a shell in which `pulumi` works on it: to rehearse `pulumi up`; see docs/rehearse.md",
    )
    .action(async ({ empty, breakIn, pulumi }: { empty?: boolean; breakIn?: boolean; pulumi?: boolean }) => {
      const { serveEmulator } = await import("./serve.js");
      process.exitCode = await serveEmulator(empty ? "empty" : breakIn ? "broken into" : "before", pulumi);
    });
}
