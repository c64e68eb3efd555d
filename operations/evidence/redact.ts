import { credentialsIn, isTelling } from "aws-prevention-baseline-policy-pack/secrets/text";

// Members of AWS's answers and requests that hold a secret, whatever it looks like. Key ids name, they do not open.
const secretNames =
  /^(SecretAccessKey|SessionToken|Password|OldPassword|NewPassword|SecretString|SecretBinary|Plaintext|ServicePassword|ServiceApiKeyValue|ServiceCredentialSecret|Base32StringSeed|QRCodePNG|AuthenticationCode\d?|UserData|Authorization)$/i;

const redacted = "[redacted]";

// JSON inside a text, as CloudTrail's records are, however often it was quoted.
const inJson =
  /((?:\\)*")(secretAccessKey|sessionToken|password|oldPassword|newPassword|secretString|plaintext)\1(\s*:\s*)\1[^"\\]*\1/gi;
// A signature that does not match is answered with the request, the caller's own session token in it.
const inHeaders =
  /(x-amz-security-token|authorization)(['"]?\s*[:=]\s*['"]?)[^\s'"\\]+(?:(?<=AWS4-HMAC-SHA256)[^'"\n\\]+)?/gi;

/**
 * The same value as plain JSON without any secret: passwords, secret keys and tokens by the name AWS gives them, secret
 * keys and private keys in texts by their looks. Times become ISO 8601, bytes their number.
 */
export function withoutSecrets(value: unknown, name = ""): unknown {
  if (secretNames.test(name) && value !== undefined && value !== null) {
    return redacted;
  }
  if (typeof value === "string") {
    return cleanText(value, name);
  }
  if (typeof value === "bigint") {
    return value.toString();
  }
  if (typeof value !== "object" || value === null) {
    return typeof value === "function" || typeof value === "symbol" ? undefined : value;
  }
  if (value instanceof Date) {
    return Number.isNaN(value.getTime()) ? "no time" : value.toISOString();
  }
  if (ArrayBuffer.isView(value)) {
    return `[${value.byteLength} bytes]`;
  }
  if (value instanceof Map || value instanceof Set) {
    return withoutSecrets([...value], name);
  }
  if (Array.isArray(value)) {
    return value.map((each) => withoutSecrets(each, name));
  }
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withoutSecrets(each, key)]));
}

function cleanText(whole: string, name: string): string {
  const text = whole.replace(inJson, `$1$2$1$3$1${redacted}$1`).replace(inHeaders, `$1$2${redacted}`);
  const kinds = credentialsIn(text, isTelling(name) ? "named" : "no");
  if (kinds.has("private key")) {
    return redacted;
  }
  return kinds.has("AWS secret access key")
    ? text.replace(/(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{40}(?![A-Za-z0-9+/])/g, redacted)
    : text;
}
