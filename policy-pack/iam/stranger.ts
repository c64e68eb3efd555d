import { type Condition } from "./model";
import { parseOperator } from "./conditions";
import { valueTruth } from "./condition-values";
import { type SharedIssuer } from "./issuers";
import { replaceUnknown } from "../values";
import { type Reading } from "./reading";
import { noCondition } from "./statement";

/**
 * Somebody who has nothing to do with the account: an AWS account of their own, and an identity of each shared issuer.
 * One `withLuck` also knows external ids and calls from an address or network that is let in.
 */
export interface Stranger {
  readonly withLuck: boolean;
  /** The issuer whose identity they come with, where they do, and how its condition keys begin. */
  readonly issuer?: { readonly address: string; readonly shared: SharedIssuer };
}

/** Whether a stranger's request meets a condition: always, never, or as they like. */
export type Met = "yes" | "no" | "choice";

/** What a key of the request holds when a stranger makes it. */
interface Key {
  /** Values that name somebody, who is not the stranger. */
  readonly names: (value: string) => boolean;
  /** In every request; otherwise the stranger may come without it. */
  readonly always: boolean;
}

// A variable is whatever the caller is, `${aws:PrincipalAccount}`, unless it speaks of the role's own side.
const ownSide = /\$\{aws:Resource(?:Account|OrgID|OrgPaths)\}/gi;
const settled = (value: string): boolean => !value.replace(ownSide, "").includes("${");
const literal = (value: string): boolean => /^[^*?]+$/.test(value) && settled(value);
const organization = (value: string): boolean => literal(value) || /^o-[a-z0-9]{10,}/.test(value);
const inAccount = (value: string): boolean => /^[^:]*:[^:]*:[^:]*:[^:]*:[^:*?]+(:|$)/.test(value) && settled(value);
// The other way round: whose the role is, compared with the caller. A fixed value is the role's own, and says nothing.
const callers = (what: "Account" | "OrgID"): Key => ({
  names: (value) => value.toLowerCase() === `\${aws:principal${what}}`.toLowerCase(),
  always: what === "Account",
});

// Whoever calls cannot change these. Everything that is not here is the caller's to choose: tags of its principal and
// of its session, the name of its session, its MFA, its Region, the time.
const fixedKeys: Readonly<Record<string, Key>> = {
  "aws:principalarn": { names: inAccount, always: true },
  "aws:principalaccount": { names: literal, always: true },
  "aws:principalorgid": { names: organization, always: false },
  "aws:principalorgpaths": { names: organization, always: false },
  "aws:userid": { names: (value) => /^[A-Z0-9]{16,}/.test(value) || literal(value), always: true },
  "aws:federatedprovider": { names: (value) => inAccount(value) || literal(value), always: false },
  "aws:principalservicename": { names: literal, always: false },
  "aws:sourceaccount": { names: literal, always: false },
  "aws:sourcearn": { names: inAccount, always: false },
  "aws:sourceorgid": { names: organization, always: false },
  "aws:sourceorgpaths": { names: organization, always: false },
  "aws:resourceaccount": callers("Account"),
  "aws:resourceorgid": callers("OrgID"),
};

const luckyKeys: Readonly<Record<string, Key>> = {
  "sts:externalid": { names: (value) => !/^[*?]*$/.test(value), always: false },
  "aws:sourceip": { names: () => true, always: true },
  "aws:vpcsourceip": { names: () => true, always: false },
  "aws:sourcevpc": { names: literal, always: false },
  "aws:sourcevpcarn": { names: inAccount, always: false },
  "aws:sourcevpce": { names: literal, always: false },
  "aws:vpceaccount": { names: literal, always: false },
  "aws:vpceorgid": { names: organization, always: false },
  "aws:vpceorgpaths": { names: organization, always: false },
};

// What holds for whoever calls STS directly.
const facts: Readonly<Record<string, string>> = {
  "aws:principalisawsservice": "false",
  "aws:viaawsservice": "false",
  "aws:securetransport": "true",
};

/** Whether somebody meets a condition of a trust policy; `certain` reads unknown values as keeping them out. */
export function meets(condition: Condition, stranger: Stranger, allows: boolean, reading: Reading): Met {
  if (condition.operator === noCondition) return allows ? "yes" : "no";
  const { operator, quantifier, ifExists } = parseOperator(condition.operator);
  const key = keyOf(condition.key, stranger);
  const negative = operator.includes("not");
  const unknown = condition.values.some((value) => value.unknown && !namesAnyway(value.text, operator, key));
  // An unknown value of an exact comparison is still no wildcard.
  const exact = /^string(not)?equals/.test(operator) && key !== undefined;
  if (unknown && !exact) return (reading === "possible") === allows ? "yes" : "no";
  if (operator === "null") return nullMet(condition, key);
  const values = condition.values.map(({ text }) => text.trim());
  const fact = Object.hasOwn(facts, condition.key) ? facts[condition.key] : undefined;
  if (fact !== undefined) return values.some((value) => value.toLowerCase() === fact) !== negative ? "yes" : "no";
  // Regions are judged there as those of IAM; STS is in all of them.
  const said =
    condition.key === "aws:requestedregion" ? undefined : valueTruth(condition, operator, negative, allows, false);
  const mayLack = key?.always !== true;
  if (said === "never") return mayLack && (ifExists || negative) ? "choice" : "no";
  if (key === undefined) return "choice";
  if (!negative && said === "always") return mayLack ? "choice" : "yes";
  const named = condition.values.every((value, index) => value.unknown || key.names(values[index]!));
  if (!named) return "choice";
  if (negative) return quantifier === "foranyvalue" ? "choice" : "yes";
  return mayLack && (ifExists || quantifier === "forallvalues") ? "choice" : "no";
}

/** Whether a text names somebody whatever the part of it that is not known yet comes to: `repo:my-org/` and the rest. */
function namesAnyway(text: string, operator: string, key: Key | undefined): boolean {
  const widest = replaceUnknown(text, "*").trim();
  return /^(string|arn)/.test(operator) && widest !== "*" && key?.names(widest) === true;
}

function nullMet(condition: Condition, key: Key | undefined): Met {
  if (key?.always !== true) return "choice";
  return condition.values.some(({ text }) => text.trim().toLowerCase() === "true") ? "no" : "yes";
}

function claimKey(tenant: RegExp, claim: string): Key {
  return { names: (value) => tenant.test(value) && settled(value), always: claim === "sub" || claim === "aud" };
}

// Keys that only an identity of another issuer, or a SAML assertion, brings along.
const foreignClaim: Key = { names: () => true, always: false };

function keyOf(name: string, { withLuck, issuer }: Stranger): Key | undefined {
  const colon = name.lastIndexOf(":");
  const [address, claim] = [name.slice(0, colon), name.slice(colon + 1)];
  if (address === issuer?.address) {
    return Object.hasOwn(issuer.shared.tenant, claim) ? claimKey(issuer.shared.tenant[claim]!, claim) : undefined;
  }
  if (name === "sts:rolesessionname" && issuer?.shared.sessionName !== undefined) {
    return claimKey(issuer.shared.sessionName, claim);
  }
  if (address.includes(".") || address === "saml") return foreignClaim;
  if (Object.hasOwn(fixedKeys, name)) return fixedKeys[name];
  return !withLuck && Object.hasOwn(luckyKeys, name) ? luckyKeys[name] : undefined;
}
