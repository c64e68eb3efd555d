import { main } from "@pulumi/pulumi/provider";
import { BaselineError } from "../../common/errors";
import { createSandboxProvider } from ".";

/** The environment variable in which the plugin is told its endpoint. */
export const ENDPOINT_VARIABLE = "BASELINE_SANDBOX_ENDPOINT";

// The engine starts this in place of the real AWS plugin, so that no setting of the real one may have any effect:
// the endpoint comes from one variable of our own, and without it nothing starts.
try {
  const provider = createSandboxProvider({ endpoint: process.env[ENDPOINT_VARIABLE] });
  void main(provider, process.argv.slice(2));
} catch (error) {
  if (!(error instanceof BaselineError)) {
    throw error;
  }
  process.stderr.write(`${error.message} ${error.next}\n`);
  process.exitCode = error.exitCode;
}
