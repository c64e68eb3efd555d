import * as pulumi from "@pulumi/pulumi";
import { BaselineError, ExitCode } from "../../../common/errors";
import { settingsFromConfig } from "./from-config";
import { type BaselineSettings } from "./model";

/**
 * Reads the settings of the running stack from Pulumi's configuration.
 *
 * @throws BaselineError `invalid-settings` with all problems together
 * @throws BaselineError `no-region` when the AWS provider is told none
 */
export function loadSettings(): BaselineSettings {
  const config = pulumi.runtime.allConfig() as Record<string, string>;
  const region = new pulumi.Config("aws").get("region");
  const settings = settingsFromConfig(pulumi.getProject(), { ...config, "aws:region": region });
  requireProviderRegion(settings.homeRegion, [region, process.env["AWS_REGION"], process.env["AWS_DEFAULT_REGION"]]);
  return settings;
}

/**
 * Without a region of its own the AWS provider answers no question about the account.
 *
 * @param regions where the provider looks for one
 * @throws BaselineError `no-region`
 */
export function requireProviderRegion(homeRegion: string, regions: (string | undefined)[]): void {
  if (!regions.some(Boolean)) {
    throw new BaselineError(
      "no-region",
      `aws:region is not set, so the AWS provider does not know where to ask; homeRegion (${homeRegion}) does not tell it.`,
      `Run: pulumi config set aws:region ${homeRegion}`,
      ExitCode.badInput,
    );
  }
}
