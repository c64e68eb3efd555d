import { type DemoOptions } from "./options";
import { join, relative } from "node:path";
import { type Command, Option } from "commander";
import { packageRoot } from "../../common/package-root";

/** `baseline demo`: the whole product on a practice account, from preview to drift. */
export function demoCommand(parent: Command): void {
  const page = relative(process.cwd(), join(packageRoot(), "reports", "demo.html"));
  parent
    .command("demo")
    .description("harden a practice account (emulated, no AWS): preview, up, a refused change, drift")
    .option("--real-provider", "use the real AWS plugin of Pulumi, pointed at the emulator")
    .addOption(new Option("--in-process", "do not use a Pulumi CLI even if there is one").conflicts("realProvider"))
    .option("--report <file>", "where to write the page", page)
    .action(async (options: DemoOptions) => {
      const { demo } = await import("./run.js");
      process.exitCode = await demo(options);
    });
}
