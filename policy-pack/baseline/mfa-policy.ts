import { escalations } from "../iam/escalation";
import { readDocument } from "../iam/document";
import { type Condition, type Selector, type Statement } from "../iam/model";
import { compileGlob, matches } from "../iam/glob";
import { type Finding } from "../policies/types";
import { type Located, property } from "../values";
import { broken, cannotTell, type Guard, nameOf, type Subject, weakened } from "./guard";

const component = "baseline:index:MfaEnforcement";
const mfa = "aws:multifactorauthpresent";
// AWS services drop the caller's MFA context; leaving their calls out lets nobody in.
const harmless = "aws:viaawsservice";

/** How somebody without MFA calls: a long-term access key carries no MFA context, the console carries `false`. */
type Caller = "key" | "console";
type Cover = "covers" | "leaves out" | "unknown";

const fix = "deny with NotAction, Resource *, for Null true and for Bool false of aws:MultiFactorAuthPresent.";

/** The policy that makes MFA a must: without both of its denies it makes nothing a must. */
export const mfaPolicyGuard: Guard = {
  type: "aws:iam/policy:Policy",
  findings: (inputs, subject) => {
    const source = property(inputs, "policy");
    const ours = isMfaPolicy(inputs, subject);
    // Most policies are about something else, and need not be read for that.
    if (!ours && typeof source.value === "string" && !/multifactorauthpresent/i.test(source.value)) return [];
    const document = readDocument(source);
    if (document.unknown) return ours ? [cannotTell(source.path, fix)] : [];
    const denies = document.statements.filter(({ effect }) => effect !== "Allow");
    return ours ? ofOurs(denies, source.path) : ofOthers(denies, source.path);
  },
};

function isMfaPolicy(inputs: Located, subject: Subject): boolean {
  const name = nameOf(subject, property(inputs, "name"));
  return subject.resource.urn.includes(component) || name.endsWith("-mfa-required");
}

function ofOurs(denies: readonly Statement[], path: string): Finding[] {
  const callers = [
    ["key", "an access key, which carries no MFA context"],
    ["console", "a console session without MFA"],
  ] as const;
  const found = callers.map(([caller, who]) => ({ who, cover: covering(denies, caller) }));
  const open = found.filter(({ cover }) => cover === "leaves out");
  if (open.length > 0) {
    const witness = `no Deny covers ${open.map(({ who }) => who).join(", nor ")}.`;
    return [broken("The MFA policy no longer denies what it exists to deny.", path, witness, fix)];
  }
  return found.some(({ cover }) => cover === "unknown") ? [cannotTell(path, fix)] : [];
}

/** A Deny that people take for an MFA requirement, and that no access key ever meets. */
function ofOthers(denies: readonly Statement[], path: string): Finding[] {
  const meant = covering(denies, "console") === "covers" && denies.some(({ conditions }) => conditions.some(isMfa));
  if (!meant || covering(denies, "key") !== "leaves out") return [];
  const witness = "an access key carries no MFA context at all, so Bool false is never met; BoolIfExists or Null is.";
  return [weakened("This Deny without MFA does not bind access keys.", path, witness, fix)];
}

function covering(denies: readonly Statement[], caller: Caller): Cover {
  const all = denies.map((each) => cover(each, caller));
  return all.find((each) => each === "covers") ?? all.find((each) => each === "unknown") ?? "leaves out";
}

function cover(statement: Statement, caller: Caller): Cover {
  const { actions, resources, conditions, effect } = statement;
  const parts = [
    ...conditions.map((each) => met(each, caller)),
    everyResource(resources),
    nearlyEveryAction(actions),
    effect === "unknown" ? ("unknown" as const) : ("covers" as const),
  ];
  return parts.find((each) => each === "leaves out") ?? parts.find((each) => each === "unknown") ?? "covers";
}

function isMfa({ key }: Condition): boolean {
  return key === mfa;
}

function met({ operator, key, values }: Condition, caller: Caller): Cover {
  if (values.some(({ unknown }) => unknown)) return "unknown";
  const how = operator.toLowerCase();
  const says = (word: string): boolean => values.some(({ text }) => text.trim().toLowerCase() === word);
  if (key === harmless) return how.startsWith("bool") && says("false") ? "covers" : "leaves out";
  if (key !== mfa) return "leaves out";
  const accepted: Record<Caller, boolean> = {
    key: (how === "null" && says("true")) || (how === "boolifexists" && says("false")),
    console: ["bool", "boolifexists"].includes(how) && says("false"),
  };
  return accepted[caller] ? "covers" : "leaves out";
}

function everyResource({ negated, items }: Selector): Cover {
  if (!negated && items.some(({ text }) => text.trim() === "*")) return "covers";
  return items.some(({ unknown }) => unknown) ? "unknown" : "leaves out";
}

/** All actions, or all but some that make nobody an administrator. */
function nearlyEveryAction({ negated, items, missing }: Selector): Cover {
  if (missing) return "leaves out";
  if (!negated && items.some(({ text }) => /^(?:\*|\*:\*)$/.test(text.trim()))) return "covers";
  if (items.some(({ unknown }) => unknown)) return "unknown";
  const spared = items.map(({ text }) => compileGlob(text.trim().toLowerCase()));
  const dangerous = escalations.some(({ action }) => spared.some((glob) => matches(glob, action.toLowerCase())));
  // A whole service is no step of signing in: `s3:*` leaves the data to whoever has a key.
  const service = items.some(({ text }) => /^[^:]*[*?]|:\*+$/.test(text.trim()));
  return negated && !dangerous && !service ? "covers" : "leaves out";
}
