import { shareOfInternet } from "../network/internet";
import { parseCidr } from "../network/cidr";
import { type Condition } from "./model";
import { adminPolicyArns, iamRegions } from "./escalation";
import { compileGlob, matches } from "./glob";

/**
 * What a condition leaves of a grant.
 *
 * - `always`: it never restricts, or whoever holds the key can meet it at will
 * - `never`: no request for this action can meet it
 * - `session`: it restricts who may use the grant or when, not what it can do (MFA, source address)
 * - `bounding`: it restricts what the grant can do (tags of the target, permissions boundary)
 */
export type Truth = "always" | "never" | "session" | "bounding";

// Keys with one value in every call that a person or a stolen key makes directly.
const usual: Readonly<Record<string, string>> = {
  "aws:securetransport": "true",
  "aws:viaawsservice": "false",
  "aws:principalisawsservice": "false",
};

/**
 * What the values of a condition on a key that is present say; `undefined` when they simply restrict.
 *
 * @param allows whether more requests that pass mean a larger grant
 * @param ofIam whether the request is known to be one to IAM
 */
export function valueTruth(
  condition: Condition,
  operator: string,
  negative: boolean,
  allows: boolean,
  ofIam: boolean,
): Truth | undefined {
  const values = condition.values.map(({ text }) => text);
  if (values.length === 0) {
    return negative ? "always" : "never";
  }
  if (operator === "ipaddress") {
    return coversEveryAddress(values, allows) ? "always" : undefined;
  }
  const anything = values.some((value) => matchesAnything(value, operator));
  if (anything) {
    return negative ? "never" : "always";
  }
  const admits = (value: string): boolean => values.some((pattern) => compares(pattern, value, operator)) !== negative;
  if (!allows) {
    // A Region guard: it names Regions, and IAM is in none of them, whichever partition this is.
    return ofIam && condition.key === "aws:requestedregion" && iamRegions.every(admits) ? "always" : undefined;
  }
  if (isOver(condition.key, operator, values)) {
    return "never";
  }
  if (condition.key === "aws:requestedregion") {
    return iamRegions.some(admits) ? "session" : "never";
  }
  if (condition.key === "iam:policyarn") {
    // Excluding some policies restricts nothing: the caller writes one of its own and attaches that.
    return negative || adminPolicyArns.some(admits) ? "always" : undefined;
  }
  if (condition.key === "iam:permissionsboundary") {
    return adminPolicyArns.some(admits) ? "always" : undefined;
  }
  const expected = usual[condition.key];
  if (expected !== undefined) {
    return admits(expected) ? "always" : undefined;
  }
  // "Everyone but these" is still everyone.
  return negative && /^(string|arn)/.test(operator) ? "always" : undefined;
}

function matchesAnything(value: string, operator: string): boolean {
  return /^(string(not)?like|arn)/.test(operator) && /^\*[*]*$|^arn:\*$/.test(value);
}

/** Whether a condition's value, under its operator, matches what a request has. */
export function compares(pattern: string, value: string, operator: string): boolean {
  const wild = operator.includes("like") || operator.startsWith("arn");
  const fold = operator.includes("ignorecase") || operator === "bool";
  const [left, right] = fold ? [pattern.toLowerCase(), value.toLowerCase()] : [pattern, value];
  return wild ? matches(compileGlob(left), right) : left === right;
}

// Only the past is looked at: it stays past, so that the same document is never judged differently later.
function isOver(key: string, operator: string, values: readonly string[]): boolean {
  if (!/^aws:(currenttime|epochtime)$/.test(key) || !/^(date|numeric)lessthan(equals)?$/.test(operator)) return false;
  const times = values.map((value) => (/^\d+$/.test(value.trim()) ? Number(value) * 1000 : Date.parse(value)));
  return times.every((time) => time < Date.now());
}

// A Deny on IPv4 addresses alone does not stop a caller who comes by IPv6; an Allow on them alone is enough for one.
function coversEveryAddress(values: readonly string[], allows: boolean): boolean {
  const ranges = values.flatMap((value) => parseCidr(value) ?? []);
  const shares = ([4, 6] as const).map((version) => shareOfInternet(ranges.filter((each) => each.version === version)));
  return allows ? shares.some((share) => share === 1) : shares.every((share) => share === 1);
}
