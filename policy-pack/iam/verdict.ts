import { isUnknown } from "../values";
import { hasAction } from "./action-set";
import { judge, type Judgement } from "./conditions";
import { type PolicyDocument, type Selector } from "./model";
import { compile, type Escalates, findEscalation, type Grant, isAboutEverything } from "./evaluate";
import { type Rule } from "./rule";
import { type Reading } from "./reading";
import { TooComplex } from "./share";
import { simplified } from "./simplify";

/** What a set of documents of one principal amounts to. */
export type Verdict =
  | { readonly kind: "admin"; readonly by: Escalates; readonly full: boolean }
  /** Its Allow statements make an administrator, and its Deny statements are too complex to tell what they cancel. */
  | { readonly kind: "undecided-admin"; readonly by: Escalates }
  /** It would be `admin`, but for conditions. */
  | { readonly kind: "conditional"; readonly by: Escalates }
  /** Everything but IAM: what AWS calls a power user. */
  | { readonly kind: "all-but-iam"; readonly by: Grant }
  /** It may become `admin` once these inputs are known. */
  | { readonly kind: "unknown"; readonly inputs: readonly string[] }
  | { readonly kind: "too-complex" };

export interface Accepted {
  /** Condition keys, in lower case, under which an administrator is accepted: reported, but not refused. */
  readonly conditionKeys: readonly string[];
  /** Only roles can hold the documents: their sessions have no user name, so nobody is the caller's own user. */
  readonly heldByRoles?: boolean;
}

/**
 * Decides what the documents of one principal grant together: the worst that is certain, then, unless that is the worst
 * there is, what is possible. Empty when they grant nothing of the kind, whatever the unknown inputs become.
 */
export function decide(documents: readonly PolicyDocument[], accepted: Accepted): Verdict[] {
  const tooComplex: Verdict = { kind: "too-complex" };
  const rules = compile(documents, "certain");
  const admin = attempt(() => adminBy(rules, "certain", accepted));
  if (admin === "too-complex") {
    return [despiteComplexity(rules, accepted) ?? tooComplex];
  }
  if (admin !== undefined) {
    return [asAdmin(admin)];
  }
  const less = [() => lesser(rules, accepted), () => possible(documents, accepted)].map(attempt);
  return less.flatMap((each) => (each === "too-complex" ? [tooComplex] : (each ?? []))).slice(0, 2);
}

function asAdmin(by: Escalates): Verdict {
  return { kind: "admin", by, full: by.grants.some(({ rule }) => isAboutEverything(rule)) };
}

function attempt<T>(decision: () => T): T | "too-complex" {
  try {
    return decision();
  } catch (error) {
    if (error instanceof TooComplex) return "too-complex";
    throw error;
  }
}

function adminBy(rules: readonly Rule[], reading: Reading, accepted: Accepted): Escalates | undefined {
  const found = findEscalation(rules, reading, (grant) => blocks(grant, accepted), denying(accepted));
  return ofHolder(found, accepted);
}

// Where only roles can hold the documents, nobody is the caller's own user.
function ofHolder(found: Escalates | undefined, { heldByRoles }: Accepted): Escalates | undefined {
  return heldByRoles && found?.over === "own user" ? undefined : found;
}

// Noise in a document must not turn a refusal into a remark, so what is too complex counts for nothing where it would
// cancel; and first also where it would grant, because the rest is often enough and always cheap.
function despiteComplexity(rules: readonly Rule[], accepted: Accepted): Verdict | undefined {
  for (const kinds of ["all", "deny"] as const) {
    const kept = simplified(rules, kinds);
    const left = rules.filter((rule) => !kept.includes(rule));
    const by = left.length === 0 ? undefined : attempt(() => adminBy(kept, "certain", accepted));
    if (by === undefined || by === "too-complex") continue;
    const action = by.escalation.action.toLowerCase();
    const undecided = left.some(({ allows, actions }) => !allows && hasAction(actions, action));
    return undecided ? { kind: "undecided-admin", by } : asAdmin(by);
  }
  return undefined;
}

function lesser(rules: readonly Rule[], accepted: Accepted): Verdict | undefined {
  const found = findEscalation(rules, "certain", (grant) => !isDelegation(grant));
  const conditional = ofHolder(found, accepted);
  return conditional === undefined ? allButIam(rules) : { kind: "conditional", by: conditional };
}

/** A grant is refused unless its conditions bound what it does, or are all of a kind that is accepted. */
function blocks({ rule, judgement }: Grant, accepted: Accepted): boolean {
  const { truth, restricting } = judgement;
  if (truth === "always") return true;
  if (restricting.every(({ key }) => accepted.conditionKeys.includes(key))) return false;
  return truth === "session" || isAboutEverything(rule);
}

// A boundary that the target must have is how AWS says to delegate IAM; there is nothing to report then.
function isDelegation({ judgement }: Grant): boolean {
  return judgement.restricting.some(({ key }) => key === "iam:permissionsboundary");
}

// "Deny unless MFA" turns a grant into one with MFA, which counts only where that is accepted. `Bool` without IfExists
// does not do it: a request signed with a long-lived key has no such key in it, and is not denied.
function denying(accepted: Accepted) {
  return ({ truth, restricting }: Judgement): boolean => {
    const sound = /^(boolifexists|null)$/i;
    const all = restricting.every(({ key, operator }) => accepted.conditionKeys.includes(key) && sound.test(operator));
    return truth === "always" || (truth === "session" && all);
  };
}

function allButIam(rules: readonly Rule[]): Verdict | undefined {
  const about = rules
    .filter(isAboutEverything)
    .map((rule) => ({ rule, judgement: judge(rule.statement, undefined, "certain") }));
  const denied = about.some(({ rule, judgement }) => !rule.allows && judgement.truth === "always");
  const by = about.find(({ rule, judgement }) => rule.allows && judgement.truth !== "never");
  return denied || by === undefined ? undefined : { kind: "all-but-iam", by };
}

function possible(documents: readonly PolicyDocument[], accepted: Accepted): Verdict | undefined {
  const inputs = unknownInputs(documents);
  if (inputs.length === 0) return undefined;
  const whole = documents.some(({ unknown }) => unknown);
  const rules = compile(documents, "possible");
  const may = whole || adminBy(rules, "possible", accepted);
  return may ? { kind: "unknown", inputs } : undefined;
}

/** Paths of everything in the documents that is known only during the update. */
export function unknownInputs(documents: readonly PolicyDocument[]): string[] {
  const of = ({ items }: Selector): string[] => items.filter(({ unknown }) => unknown).map(({ path }) => path);
  const all = documents.flatMap(({ unknown, known, path, statements }) =>
    known
      ? []
      : unknown
        ? [path]
        : statements.flatMap((each) => [
            ...(each.effect === "unknown" ? [each.path] : []),
            ...of(each.actions),
            ...of(each.resources),
            ...each.conditions.flatMap(({ values }) =>
              values.filter(({ text }) => isUnknown(text)).map(({ path: at }) => at),
            ),
          ]),
  );
  return [...new Set(all)];
}
