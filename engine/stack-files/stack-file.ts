import { parse } from "yaml";
import { badInput, type BaselineError } from "../../common/errors";
import { readNamedFile, unreadableFile } from "../../common/files";
import { treeOf } from "../../common/yaml-value";

/** A Pulumi project: its name, and what its config says for all stacks, by full key. */
export interface Project {
  name: string;
  defaults: Record<string, string>;
}

/** Reads `Pulumi.yaml`. @throws BaselineError `unreadable-file` */
export function readProject(path: string): Project {
  const { name, config } = readYaml(path) as { name: string; config?: Record<string, unknown> | null };
  const defaults: Record<string, string> = {};
  for (const [key, setting] of Object.entries(config ?? {})) {
    const value = projectValue(setting);
    if (value !== undefined && value !== null) {
      defaults[fullKey(key, name)] = asText(value);
    }
  }
  return { name, defaults };
}

/**
 * The configuration of a stack as the engine would hand it to the program: the stack file over the project's defaults.
 *
 * @param path a stack file (`Pulumi.<stack>.yaml`)
 * @throws BaselineError `unreadable-file`, or `encrypted-setting` for a value only the stack's own key can open
 */
export function readStackConfig(project: Project, path: string): Record<string, string> {
  const file = readYaml(path) ?? {};
  if (typeof file !== "object" || Array.isArray(file)) {
    throw unreadable(path, "it is not a map with a `config`");
  }
  const own = (file as { config?: unknown }).config ?? {};
  if (typeof own !== "object" || Array.isArray(own)) {
    throw unreadable(path, "its `config` is not a map of settings");
  }
  for (const [key, value] of Object.entries(own)) {
    if (typeof value === "object" && value !== null && "secure" in value) {
      throw badInput(
        "encrypted-setting",
        `${key} in ${path} is encrypted, and only \`pulumi\` with the stack's key can read it.`,
        "No setting of the baseline is a secret: set it in plain text, or leave it out of this file.",
      );
    }
  }
  return withDefaults(project, own as Record<string, unknown>);
}

/** Settings of a stack over the project's defaults, in the form the program gets them: texts by full key. */
export function withDefaults(project: Project, settings: Record<string, unknown>): Record<string, string> {
  const own = Object.entries(settings).map(([key, value]) => [fullKey(key, project.name), asText(value)]);
  return { ...project.defaults, ...(Object.fromEntries(own) as Record<string, string>) };
}

/** A project says `default`, for the settings of providers `value`, or the value alone. */
function projectValue(setting: unknown): unknown {
  const isMap = typeof setting === "object" && setting !== null && !Array.isArray(setting);
  const { default: byDefault, value } = (isMap ? setting : {}) as { default?: unknown; value?: unknown };
  return isMap ? (byDefault ?? value) : setting;
}

/**
 * A key of a stack file or a project with its namespace. Pulumi takes the older `aws:config:region` for `aws:region`.
 *
 * Source: pulumi, sdk/go/common/resource/config/key.go
 */
export function fullKey(key: string, project: string): string {
  return key.includes(":") ? key.replace(/^([^:]+):config:([^:]+)$/, "$1:$2") : `${project}:${key}`;
}

function asText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function readYaml(path: string): unknown {
  const text = readNamedFile(path, next);
  try {
    return treeOf(parse(text, { merge: true }));
  } catch (error) {
    const [firstLine = ""] = (error as Error).message.split("\n");
    throw unreadable(path, firstLine);
  }
}

const next = "Give a stack file such as Pulumi.example.yaml.";

function unreadable(path: string, why: string): BaselineError {
  return unreadableFile(path, why, next);
}
