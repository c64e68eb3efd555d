import { type BaselineSettings } from "./model";
import { settingsSchema } from "./schema";
import { parseSettings } from "./settings";

/**
 * Settings of a stack from its configuration as Pulumi hands it to a program. `homeRegion` falls back to `aws:region`;
 * Pulumi has no optional settings, so its declared default is the empty text.
 *
 * @param project name of the Pulumi project, under which the settings stand
 * @param config texts by full key, such as `aws:region`
 * @throws BaselineError `invalid-settings` with all problems together
 */
export function settingsFromConfig(project: string, config: Record<string, string | undefined>): BaselineSettings {
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
  return parseSettings(raw);
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
