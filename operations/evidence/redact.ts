import { holdsVariables, isSecretName } from "./secret-names";
import { cleanText, REDACTED } from "./secret-text";

/**
 * The same value as plain JSON without the secrets that can be recognized, docs/respond.md says which. Times become ISO
 * 8601, bytes their number.
 *
 * @param name of the member that holds the value
 */
export function withoutSecrets(value: unknown, name = ""): unknown {
  if (value === undefined || value === null || typeof value === "boolean") {
    return value;
  }
  if (value instanceof Date) {
    return Number.isNaN(value.getTime()) ? "no time" : value.toISOString();
  }
  if (isSecretName(name) && (typeof value === "string" || ArrayBuffer.isView(value) || isOfTexts(value))) {
    return REDACTED;
  }
  if (typeof value === "string") {
    return withoutSecretsOf(value, name);
  }
  if (typeof value === "object") {
    return within(value, name);
  }
  return typeof value === "bigint" ? value.toString() : typeof value === "number" ? value : undefined;
}

function within(value: object, name: string): unknown {
  if (ArrayBuffer.isView(value)) {
    return `[${value.byteLength} bytes]`;
  }
  if (value instanceof Map || value instanceof Set) {
    return withoutSecrets([...(value as Iterable<unknown>)], name);
  }
  if (Array.isArray(value)) {
    const [first, second] = value as unknown[];
    // A header or a variable as a pair.
    return value.length === 2 && typeof first === "string" && typeof second === "string" && isNameOfSecret(first)
      ? [first, REDACTED]
      : value.map((each) => withoutSecrets(holdsVariables(name) ? hidden(each) : each, name));
  }
  const entries = Object.entries(hiddenIn(value as Record<string, unknown>, name));
  return Object.fromEntries(entries.map(([key, each]) => [cleanText(key), withoutSecrets(each, key)]));
}

/** Names of calls are in lists of two, too. */
function isNameOfSecret(text: string): boolean {
  return (
    isSecretName(text) && !/:|^(?:Get|List|Put|Set|Create|Update|Delete|Describe|Batch|Rotate|Assume)[A-Z]/.test(text)
  );
}

function isOfTexts(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0 && value.every((each) => typeof each === "string");
}

/** What holds a secret under a name that does not say so: what another member says of it, or the place it is in. */
function hiddenIn(value: Record<string, unknown>, name: string): Record<string, unknown> {
  if (/^environment_?variables$/i.test(name)) {
    return allHidden(value);
  }
  const of = (pattern: RegExp) => Object.keys(value).find((key) => pattern.test(key));
  const [named, valued, variables] = [
    of(/^(parameter|option|env)?_?(name|key)$/i),
    of(/^(parameter|default|current)?_?value$/i),
    of(/^variables$/i),
  ];
  const isNamed =
    isSecretName(name) || (named !== undefined && typeof value[named] === "string" && isSecretName(value[named]));
  // Source: SSM API Reference, Parameter.
  const isSecure = value[of(/^type$/i) ?? ""] === "SecureString";
  return {
    ...value,
    ...(valued !== undefined && (isNamed || isSecure) && { [valued]: REDACTED }),
    ...(variables !== undefined && holdsVariables(name) && { [variables]: hidden(value[variables]) }),
  };
}

/** Variables without their values, be they a map or a list of names and values. */
function hidden(value: unknown): unknown {
  if (typeof value !== "object" || value === null) {
    return value === undefined || value === null ? value : REDACTED;
  }
  if (Array.isArray(value)) {
    return value.map(hidden);
  }
  const record = value as Record<string, unknown>;
  const valued = Object.keys(record).find((key) => /^value$/i.test(key));
  return valued === undefined ? allHidden(record) : { ...record, [valued]: REDACTED };
}

function allHidden(value: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.keys(value).map((key) => [key, REDACTED]));
}

/** JSON as a text, such as a record of CloudTrail in an answer, is looked through as what it is. */
function withoutSecretsOf(text: string, name: string): string {
  if (!/^\s*[{[]/.test(text)) {
    return cleanText(text, name);
  }
  try {
    const parsed: unknown = JSON.parse(text);
    const clean = JSON.stringify(withoutSecrets(parsed, name));
    // Documents are compared letter by letter later: one without a secret stays as it was written.
    return clean === JSON.stringify(parsed) ? text : clean;
  } catch {
    return cleanText(text, name);
  }
}
