import { type Truth } from "./condition-values";
import { type Condition, type Statement } from "./model";
import { compares, valueTruth } from "./condition-values";
import { type Escalation } from "./escalation";
import { type Reading } from "./reading";
import { noCondition } from "./statement";

export interface Judgement {
  readonly truth: Truth;
  /** The conditions that restrict, for people: `Bool aws:multifactorauthpresent`. No values. */
  readonly restricting: readonly Condition[];
}

const unconditional: Judgement = { truth: "always", restricting: [] };
const strongest: readonly Truth[] = ["always", "session", "bounding", "never"];

/**
 * Judges all conditions of a statement, which must hold together.
 *
 * @param action the action of the request; undefined for one that nothing is known about
 * @param passedTo the service that is given a role, where the request is one for iam:PassRole
 */
export function judge(of: Statement, action: Escalation | undefined, reading: Reading, passedTo?: string): Judgement {
  if (of.conditions.length === 0) return unconditional;
  const judged = of.conditions.map((condition) => {
    const passes = passedTo === undefined ? undefined : passedToTruth(condition, passedTo, of);
    return { condition, truth: passes ?? judgeOne(condition, of, action, reading) };
  });
  const truth = strongest[Math.max(0, ...judged.map((each) => strongest.indexOf(each.truth)))]!;
  return { truth, restricting: judged.filter((each) => each.truth !== "always").map(({ condition }) => condition) };
}

function judgeOne(condition: Condition, of: Statement, action: Escalation | undefined, reading: Reading): Truth {
  const allows = of.effect === "Allow" || (of.effect === "unknown" && reading === "possible");
  // AWS refuses such a document; if it does not, it may restrict nothing, or never be met.
  if (condition.operator === noCondition) return allows ? "always" : "never";
  const unknown = condition.values.some((value) => value.unknown);
  if (unknown && (condition.key === "" || of.effect !== "Allow")) {
    // Read as granting least or most: an Allow that never applies, a Deny that always does, or the other way round.
    return allows === (reading === "possible") ? "always" : "never";
  }
  const { operator, quantifier, ifExists } = parseOperator(condition.operator);
  const kind = kindOf(condition.key);
  const presence = presenceOf(condition.key, action);
  const negative = /not/.test(operator);
  if (operator === "null") {
    return nullTruth(condition, presence, allows, kind);
  }
  const passesWhenAbsent = ifExists || quantifier === "forallvalues" || negative;
  if (presence === "never") {
    return passesWhenAbsent ? "always" : "never";
  }
  if (passesWhenAbsent && presence === "maybe") {
    // Whoever makes the request leaves the key out, or picks a target without it. A Deny must hold in every case.
    return allows ? "always" : kind;
  }
  if (unknown) {
    return reading === "possible" ? "always" : kind === "session" ? "session" : "never";
  }
  // Without an action it may be one of a service that is in all Regions.
  if (action === undefined && condition.key === "aws:requestedregion" && allows) return "session";
  const decided = valueTruth(condition, operator, negative, allows, action !== undefined);
  if (decided === "always" && presence === "maybe" && !(allows && condition.key === boundaryKey)) {
    return kind;
  }
  return decided ?? kind;
}

/** What a condition says on the service that a role is passed to, which every such request names. */
function passedToTruth(condition: Condition, service: string, { effect }: Statement): Truth | undefined {
  if (condition.key !== "iam:passedtoservice" || condition.values.some(({ unknown }) => unknown)) return undefined;
  const { operator } = parseOperator(condition.operator);
  const values = condition.values.map(({ text }) => text);
  if (operator === "null") return values.some((text) => /true/i.test(text)) ? "never" : "always";
  if (!operator.startsWith("string")) return effect === "Allow" ? "always" : "never";
  // `lambda.amazonaws.com.cn` is the same service in China.
  const names = [service, `${service}.cn`];
  const admits = values.some((value) => names.some((name) => compares(value, name, operator)));
  return admits !== operator.includes("not") ? "always" : "never";
}

function nullTruth(condition: Condition, presence: Presence, allows: boolean, kind: Truth): Truth {
  const wantsAbsent = condition.values.some(({ text }) => text.trim().toLowerCase() === "true");
  if (presence === "maybe") {
    // Whoever may set a boundary picks one that bounds nothing.
    return allows && (wantsAbsent || condition.key === boundaryKey) ? "always" : kind;
  }
  return wantsAbsent === (presence === "never") ? "always" : "never";
}

/** `ForAllValues:StringLikeIfExists` taken apart, in lower case. */
export function parseOperator(text: string): { operator: string; quantifier: string; ifExists: boolean } {
  const lower = text.toLowerCase();
  const colon = lower.lastIndexOf(":");
  const base = lower.slice(colon + 1);
  const ifExists = base.endsWith("ifexists");
  return { operator: ifExists ? base.slice(0, -8) : base, quantifier: lower.slice(0, Math.max(0, colon)), ifExists };
}

/** A target's permissions boundary. Its presence says nothing: the caller sets it, or picks a target that has it. */
const boundaryKey = "iam:permissionsboundary";

type Presence = "always" | "maybe" | "never";

// AWS documentation, "AWS global condition context keys": in every request, or in every one from outside AWS.
const inEveryRequest = new Set(
  ["principalarn", "principalaccount", "principaltype", "userid", "currenttime", "epochtime", "securetransport"]
    .concat(["requestedregion", "viaawsservice", "principalisawsservice", "sourceip"])
    .map((key) => `aws:${key}`),
);
// Keys no request has that does one of the escalations.
const inNoEscalation = /^aws:(requesttag\/|tagkeys$|ismcpserviceaction$)/;
// Keys that a federated session carries from its sign-in: `saml:aud`, `accounts.google.com:sub`.
const federated = /^(saml|[^:]*\.[^:]*):/;

function presenceOf(key: string, action: Escalation | undefined): Presence {
  if (inEveryRequest.has(key)) return "always";
  if (action === undefined) return "maybe";
  if (inNoEscalation.test(key)) return "never";
  if (key.startsWith("aws:") || federated.test(key)) return "maybe";
  const does = (pattern: RegExp): boolean => pattern.test(action.action);
  if (key === "iam:policyarn") return does(/:Attach/) ? "always" : "never";
  if (key === boundaryKey) return does(/:(Attach|Put)(User|Role)/) ? "maybe" : "never";
  if (key.startsWith("iam:resourcetag/")) return action.kind === "group" ? "never" : "maybe";
  return "never";
}

// Global keys that say something about the request or its target. All others say who calls, from where, or when.
const aboutTheRequest = /^aws:(resourcetag\/|requesttag\/|tagkeys$|calledvia|viaawsservice$|viaawsmcpservice$|ismcp)/;

function kindOf(key: string): "session" | "bounding" {
  return (key.startsWith("aws:") && !aboutTheRequest.test(key)) || federated.test(key) ? "session" : "bounding";
}
