import { existsSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { parseDocument } from "yaml";
import { badInput } from "../../common/errors";
import { writeWhole } from "../../common/files";
import { readRegular } from "../../common/regular-file";
import { yamlValue } from "../../common/yaml-value";
import { fullKey } from "./stack-file";

/** The file a stack's settings are in; `organization/project/name` has that of `name`. */
export function stackFile(workDir: string, stack: string): string {
  return join(workDir, `Pulumi.${stack.split("/").at(-1)}.yaml`);
}

/**
 * Sets settings in a stack's file, as `pulumi config set` does, but all at once; comments and all else stay. A file that
 * says the same already is not written.
 *
 * @param config by key, with or without the project's name; objects as JSON text
 * @returns the keys that were changed
 * @throws BaselineError `unreadable-file`, `file-not-written`
 */
export function setStackConfig(workDir: string, stack: string, config: Record<string, string>): string[] {
  const path = stackFile(workDir, stack);
  const document = parseDocument(existsSync(path) ? readRegular(path) : "");
  const told = document.errors[0] ? { problem: document.errors[0].message } : yamlValue(document);
  if ("problem" in told) {
    const why = told.problem.split("\n")[0]?.replace(/:$/, "");
    throw badInput("unreadable-file", `Cannot read ${path}: ${why}.`, "Correct the file.");
  }
  const project = projectName(workDir);
  const before = (told.value as { config?: Record<string, unknown> } | null)?.config ?? {};
  const changed = Object.entries(config).flatMap(([key, text]) => {
    const full = fullKey(key, project);
    const value = parsed(text);
    const same = isDeepStrictEqual(plainValue(before[full]), plainValue(value)) && !(olderForm(full) in before);
    return same ? [] : [[full, value] as const];
  });
  if (changed.length > 0) {
    changed.forEach(([key, value]) => {
      if (olderForm(key) in before) document.deleteIn(["config", olderForm(key)]);
      document.setIn(["config", key], value);
    });
    // A line is never broken anew: long texts stay as somebody wrote them.
    writeWhole(path, document.toString({ lineWidth: 0 }));
  }
  return changed.map(([key]) => key);
}

/** Pulumi takes `aws:config:region` for `aws:region`; of both it takes either. */
function olderForm(key: string): string {
  return key.replace(":", ":config:");
}

function projectName(workDir: string): string {
  const { name } = parseDocument(readRegular(join(workDir, "Pulumi.yaml"))).toJS() as { name: string };
  return name;
}

// A stack file may have a number as a number or as a text; to Pulumi they are the same.
function plainValue(value: unknown): unknown {
  return typeof value === "number" || typeof value === "boolean" ? String(value) : value;
}

function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : text;
  } catch {
    return text;
  }
}
