import { asSecret, hasSecret, isSecret, unknownValue } from "./pulumi-values";

/** Properties of a resource as plain data, as they come over the engine's protocol. */
export type Props = Record<string, unknown>;

export function containsUnknown(value: unknown): boolean {
  if (typeof value === "object" && value !== null) {
    return Object.values(value).some(containsUnknown);
  }
  return typeof value === "string" && value.includes(unknownValue);
}

/** A value without the marks of secrecy on it or inside it. */
export function unwrap<T = unknown>(value: T): T {
  if (Array.isArray(value)) {
    return value.map((each: unknown) => unwrap(each)) as T;
  }
  if (typeof value !== "object" || value === null) {
    return value;
  }
  if (isSecret(value)) {
    return unwrap((value as Props)["value"]) as T;
  }
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, unwrap(each)])) as T;
}

/** Marks what was secret in the program's inputs as secret again. */
export function keepSecrets(values: Props, inputs: Props): Props {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, hasSecret(inputs[key]) ? asSecret(value) : value]),
  );
}

/** Without properties that are undefined or null, which is how a program leaves one out. */
export function withoutBlanks<T extends object>(values: T): T {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== null)) as T;
}

/** Without anything undefined at any depth: the wire format (google.protobuf.Struct) has no place for it. */
export function defined(values: Props): Props {
  return JSON.parse(JSON.stringify(values)) as Props;
}
