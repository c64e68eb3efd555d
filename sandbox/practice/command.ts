import { command } from "../../operations/command";

/** `baseline emulator`: an emulated account that stays up, for the commands that take `--endpoint`. */
export const emulatorCommand = command<{ empty?: boolean; hardened?: boolean; breakIn?: boolean; pulumi?: boolean }>({
  name: "emulator",
  description: "start an emulated AWS account on this machine, to practise on with --endpoint; Ctrl-C ends it",
  options: [
    ["--empty", "leave it empty; by default it is filled as break-ins find an account"],
    [
      "--hardened",
      "with the baseline on it, to try `drill`, `audit` and `respond`; made on first use, then copied within seconds",
      { conflicts: ["empty", "pulumi"] },
    ],
    [
      "--break-in",
      "let a key have leaked, and be misused just now: to rehearse `respond`, with a timeline to read",
      { conflicts: "empty" },
    ],
    ["--pulumi", "also prepare a shell in which `pulumi` works on it: to rehearse `pulumi up`; see docs/rehearse.md"],
  ],
  run: async ({ empty = false, hardened = false, breakIn = false, pulumi = false }) =>
    (await import("./serve.js")).serveEmulator({ empty, hardened, breakIn, pulumi }),
});
