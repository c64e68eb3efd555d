import * as pulumi from "@pulumi/pulumi";
import { settingsFromConfig } from "./from-config";
import { type BaselineSettings } from "./model";

/**
 * Reads the settings of the running stack from Pulumi's configuration.
 *
 * @throws BaselineError `invalid-settings` with all problems together
 */
export function loadSettings(): BaselineSettings {
  const config = pulumi.runtime.allConfig() as Record<string, string>;
  return settingsFromConfig(pulumi.getProject(), { ...config, "aws:region": new pulumi.Config("aws").get("region") });
}
