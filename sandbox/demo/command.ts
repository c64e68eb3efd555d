import { join, relative } from "node:path";
import { packageRoot } from "../../common/package-root";
import { command } from "../../operations/command";
import { type DemoOptions } from "./options";

/** `baseline demo`: the whole product on a practice account, from preview to drift. */
export const demoCommand = command<DemoOptions>({
  name: "demo",
  description: "harden a practice account (emulated, no AWS): preview, up, a refused change, drift",
  options: [
    ["--real-provider", "use the real AWS plugin of Pulumi, pointed at the emulator"],
    ["--in-process", "do not use a Pulumi CLI even if there is one", { conflicts: "realProvider" }],
    [
      "--report <file>",
      "where to write the page",
      { default: relative(process.cwd(), join(packageRoot(), "reports", "demo.html")) },
    ],
  ],
  run: async (options) => (await import("./run.js")).demo(options),
});
