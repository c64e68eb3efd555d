import { existsSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { BaselineError, ExitCode } from "../common/errors";
import { type BaselineSettings } from "./foundation/settings/model";
import { stackFilePlaces } from "./foundation/settings/stack-places";
import { type Where } from "./foundation/settings/problem";
import { parseSettings, settingsSchema } from "./settings";

/**
 * Reads the settings of the running stack from Pulumi's configuration.
 *
 * @throws BaselineError `invalid-settings` with all problems together
 * @throws BaselineError `no-region` when the AWS provider is told none
 */
export function loadSettings(): BaselineSettings {
  const config = pulumi.runtime.allConfig() as Record<string, string>;
  const region = new pulumi.Config("aws").get("region");
  const project = pulumi.getProject();
  // Pulumi runs a program in the folder of its Pulumi.yaml, where the stack files are unless somebody says otherwise.
  const file = join(process.cwd(), `Pulumi.${pulumi.getStack()}.yaml`);
  const where = existsSync(file) ? stackFilePlaces(file, project) : undefined;
  const settings = settingsFromConfig(project, { ...config, "aws:region": region }, where);
  requireProviderRegion(settings.homeRegion, [region, process.env["AWS_REGION"], process.env["AWS_DEFAULT_REGION"]]);
  return settings;
}

/**
 * Settings of a stack from its configuration as Pulumi hands it to a program. `homeRegion` falls back to `aws:region`;
 * Pulumi has no optional settings, so its declared default is the empty text.
 *
 * @param project name of the Pulumi project, under which the settings stand
 * @param config texts by full key, such as `aws:region`
 * @param where a setting stands, for messages
 * @throws BaselineError `invalid-settings` with all problems together
 */
export function settingsFromConfig(
  project: string,
  config: Record<string, string | undefined>,
  where?: Where,
): BaselineSettings {
  const raw: Record<string, unknown> = { homeRegion: config["aws:region"] };
  for (const [key, value = ""] of Object.entries(config)) {
    const [namespace = "", name = ""] = key.split(":");
    if (namespace === project && value !== "") {
      raw[name] = parseValue(value);
    } else if (isOurs(project, namespace, name)) {
      // A setting under a misspelt project name would leave its default in force without a word.
      raw[key] = parseValue(value);
    }
  }
  return parseSettings(raw, where);
}

function isOurs(project: string, namespace: string, name: string): boolean {
  return (
    namespace !== project && (Object.hasOwn(settingsSchema.entries, name) || /prevention|ba?se?l?ine/.test(namespace))
  );
}

// Pulumi hands objects, lists, numbers and booleans over as JSON text, and plain strings as they are.
function parseValue(value: string): unknown {
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
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
