/** How Pulumi marks a secret on the wire. Source: pulumi SDK, runtime/rpc, `specialSigKey` and `specialSecretSig`. */
const signatureKey = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";

/** Stands for a value that is known only during the update. Source: pulumi SDK, runtime/rpc, `unknownValue`. */
export const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** What people and machines read in place of the marks. */
export const shownSecret = "[secret]";
export const shownUnknown = "[known after up]";

/**
 * A value from the wire as it may be shown: secrets and unknown values replaced by a word.
 *
 * @param value JSON value with Pulumi's marks in it
 */
export function presentable(value: unknown): unknown {
  if (typeof value === "string") {
    return value.includes(unknownValue) ? value.replaceAll(unknownValue, shownUnknown) : value;
  }
  if (Array.isArray(value)) {
    return value.map(presentable);
  }
  if (typeof value === "object" && value !== null) {
    return isSecret(value)
      ? shownSecret
      : Object.fromEntries(Object.entries(value).map(([key, each]) => [key, presentable(each)]));
  }
  return value;
}

/** Whether a value from the wire is secret, or has a secret inside it. */
export function hasSecret(value: unknown): boolean {
  return typeof value === "object" && value !== null && (isSecret(value) || Object.values(value).some(hasSecret));
}

/** Whether a value from the wire is marked as secret itself. */
export function isSecret(value: unknown): boolean {
  return (
    typeof value === "object" && value !== null && (value as Record<string, unknown>)[signatureKey] === secretSignature
  );
}

/** Marks a value as secret. */
export function asSecret(value: unknown): Record<string, unknown> {
  return { [signatureKey]: secretSignature, value };
}
