import { generalSettings } from "../../components/foundation/settings/general";
import { projectName } from "../../components/foundation/tags";
import { settingsParts } from "../../components/settings";
import { accountsSchema } from "../../operations/apply/fleet/accounts-schema";
import { type JsonSchema, jsonSchema } from "./json-schema";

const draft = "http://json-schema.org/draft-07/schema#";

/** JSON schema of `Pulumi.<stack>.yaml`. */
export function stackSchema(): string {
  const settings = Object.fromEntries([
    ...Object.entries(generalSettings).map(([key, schema]) => [key, asStackValue(jsonSchema(schema))]),
    ...settingsParts.map(({ key, help, schema }) => [key, asStackValue({ ...jsonSchema(schema), description: help })]),
  ]) as Record<string, JsonSchema>;
  const names = Object.keys(settings);
  const ref = (name: string) => ({ $ref: `#/$defs/${name}` });
  const config: JsonSchema = {
    type: ["object", "null"],
    description: "Settings, with the name of the project in front.",
    properties: {
      "aws:region": { description: "The provider's region. Always set it." },
      "aws:allowedAccountIds": { description: "Refuse to run against any other account." },
      ...Object.fromEntries(names.map((name) => [`${projectName}:${name}`, ref(name)])),
      ...Object.fromEntries(names.map((name) => [name, ref(name)])),
    },
    propertyNames: {
      anyOf: [
        { enum: names.flatMap((name) => [name, `${projectName}:${name}`, `${projectName}:config:${name}`]) },
        // Settings of other projects and providers; not what looks like one of these under a misspelt name.
        { pattern: `^(?![^:]*(?:prevention|ba?se?l?ine))[^:]+:(?!(?:config:)?(?:${names.join("|")})(?::|$))` },
      ],
    },
  };
  return text({
    $schema: draft,
    title: "Stack file of the AWS prevention baseline",
    type: "object",
    properties: { config: ref("config") },
    $defs: { config, ...settings },
  });
}

/** In a stack file an empty text stands for the default, and a map or a list may be written as JSON text. */
function asStackValue(schema: JsonSchema): JsonSchema {
  const { description, default: byDefault, ...rest } = schema;
  const start = rest.type === "array" ? "\\[" : rest.type === "object" ? "\\{" : undefined;
  const text: JsonSchema = start === undefined ? { enum: [""] } : { type: "string", pattern: `^$|^\\s*${start}` };
  return {
    ...(description && { description }),
    ...(byDefault !== undefined && { default: byDefault }),
    anyOf: [rest, text],
  };
}

/** JSON schema of `accounts.yaml`. */
export function accountsFileSchema(): string {
  return text({ $schema: draft, title: "Accounts of the fleet", ...jsonSchema(accountsSchema) });
}

function text(schema: JsonSchema): string {
  return `${JSON.stringify(schema, null, 2)}\n`;
}
