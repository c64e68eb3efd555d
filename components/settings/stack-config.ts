import * as pulumi from "@pulumi/pulumi";
import { type BaselineSettings } from "./model";
import { settingsSchema } from "./schema";
import { parseSettings } from "./settings";

/**
 * Reads the settings of the running stack from Pulumi's configuration. `homeRegion` falls back to `aws:region`; Pulumi
 * has no optional settings, so its declared default is the empty text.
 *
 * @throws BaselineError `invalid-settings` with all problems together
 */
export function loadSettings(): BaselineSettings {
  const prefix = `${pulumi.getProject()}:`;
  const raw: Record<string, unknown> = { homeRegion: new pulumi.Config("aws").get("region") };
  for (const [key, value] of Object.entries(pulumi.runtime.allConfig() as Record<string, string>)) {
    const [namespace = "", name = ""] = key.split(":");
    if (key.startsWith(prefix) && value !== "") {
      raw[name] = parseValue(value);
    } else if (isOurs(namespace, name)) {
      // A setting under a misspelt project name would leave its default in force without a word.
      raw[key] = parseValue(value);
    }
  }
  return parseSettings(raw);
}

function isOurs(namespace: string, name: string): boolean {
  return (
    namespace !== pulumi.getProject() &&
    (Object.hasOwn(settingsSchema.entries, name) || /prevention|ba?se?l?ine/.test(namespace))
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
