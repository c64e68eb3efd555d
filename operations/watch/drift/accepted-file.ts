import { existsSync } from "node:fs";
import { parseDocument } from "yaml";
import { badInput, type BaselineError } from "../../../common/errors";
import { readNamedFile, unreadableFile } from "../../../common/files";
import { yamlValue } from "../../../common/yaml-value";
import { type AcceptedDrift } from "./accepted-limits";
import { isTooLate, LONGEST_ACCEPTANCE, widthProblem } from "./accepted-limits";

/** Looked for in the package's folder unless another file is named. */
export const ACCEPTED_FILE = "drift.accepted.yaml";

/** An entry of such a file; `narrowed` names what of the resource is meant. */
export type AcceptedEntry<Narrowed extends string> = Pick<AcceptedDrift, "resource" | "reason" | "expires"> &
  Partial<Record<Narrowed, string>>;

/** Reads a file of accepted drift: a list of entries. */
export function readAccepted(path: string, required: boolean): AcceptedDrift[] {
  return readAcceptedEntries(path, required, "property");
}

/**
 * Reads a file of what somebody decided to live with for a while: a list of entries.
 *
 * @param required false: no file means no entry
 * @param narrowed the key that says what of a resource is meant: `property` for drift, `rule` for an audit
 * @throws BaselineError `unreadable-file`, or `invalid-accepted-drift` with every problem there is
 */
export function readAcceptedEntries<Narrowed extends string>(
  path: string,
  required: boolean,
  narrowed: Narrowed,
): AcceptedEntry<Narrowed>[] {
  if (!required && !existsSync(path)) {
    return [];
  }
  const text = readNamedFile(path, next);
  // Without YAML 1.1's dates: a date stays the text it was.
  const document = parseDocument(text, { version: "1.2" });
  const [broken] = document.errors;
  if (broken) {
    throw unreadable(path, (broken.message.split("\n")[0] ?? "").replace(/:$/, ""));
  }
  const told = yamlValue(document);
  if ("problem" in told) {
    throw unreadable(path, told.problem);
  }
  const raw = told.value ?? [];
  const problems = acceptedProblems(raw, narrowed);
  if (problems.length > 0) {
    throw badInput(
      "invalid-accepted-drift",
      `${path} has ${problems.length} problem${problems.length > 1 ? "s" : ""}; nothing was looked at.\n  ${problems.join("\n  ")}`,
      "Each entry needs a resource (name, URN or ARN, with * and ?), a reason and a day on which it expires.",
    );
  }
  return raw as AcceptedEntry<Narrowed>[];
}

/**
 * Everything wrong with a list of accepted drift, one sentence each.
 *
 * @param now decides which day is too far ahead
 */
export function acceptedProblems(raw: unknown, narrowed = "property", now = new Date()): string[] {
  if (!Array.isArray(raw)) {
    return ["it is not a list of entries"];
  }
  return (raw as unknown[]).flatMap((entry, index) => {
    const at = `[${index}]`;
    return isMap(entry)
      ? entryProblems(entry, narrowed, now).map((problem) => `${at}${problem}`)
      : [`${at} is not a map`];
  });
}

function entryProblems(entry: Record<string, unknown>, narrowed: string, now: Date): string[] {
  const { [narrowed]: property, expires } = entry;
  const known = ["resource", narrowed, "reason", "expires"];
  return [
    ...Object.keys(entry)
      .filter((key) => !known.includes(key))
      .map((key) => `.${key}: no such key; known here: ${known.join(", ")}`),
    ...["resource", "reason"].filter((key) => !isText(entry[key])).map((key) => `.${key}: a text is needed`),
    ...resourceProblems(entry["resource"], property, narrowed),
    ...(property === undefined || isText(property) ? [] : [`.${narrowed}: a text, or nothing`]),
    ...expiryProblems(expires, now),
  ];
}

// A pattern that fits everything would accept whatever happens to the account, a stopped trail and a stranger's user included.
function resourceProblems(resource: unknown, property: unknown, narrowed: string): string[] {
  if (!isText(resource)) {
    return [];
  }
  if (/^[*?:\s]*$/.test(resource)) {
    return [".resource: a name is needed; this fits everything"];
  }
  const wide = narrowed === "property" ? widthProblem({ resource, ...(isText(property) && { property }) }) : undefined;
  return wide === undefined ? [] : [`.resource: ${wide}`];
}

function expiryProblems(expires: unknown, now: Date): string[] {
  if (!isText(expires) || !isDay(expires)) {
    return [".expires: a day such as 2027-03-31 is needed"];
  }
  return isTooLate(expires, now) ? [`.expires: a day within the next ${LONGEST_ACCEPTANCE} days is needed`] : [];
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value.trim() !== "";
}

function isDay(text: string): boolean {
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

const next = "Correct the file, or name another with --accepted.";

function unreadable(path: string, why: string): BaselineError {
  return unreadableFile(path, why, next);
}
