import { isUnknown } from "../values";
import { judge, type Judgement } from "./conditions";
import { type PolicyDocument, type Selector } from "./document";
import { compile, type Escalates, findEscalation, type Grant, isAboutEverything, type Rule } from "./evaluate";
import { TooComplex } from "./share";

/** What a set of documents of one principal amounts to. */
export type Verdict =
  | { readonly kind: "admin"; readonly by: Escalates; readonly full: boolean }
  /** It would be `admin`, but for conditions. */
  | { readonly kind: "conditional"; readonly by: Escalates }
  /** Everything but IAM: what AWS calls a power user. */
  | { readonly kind: "all-but-iam"; readonly by: Grant }
  /** It may become `admin` once these inputs are known. */
  | { readonly kind: "unknown"; readonly inputs: readonly string[] }
  | { readonly kind: "too-complex" };

/** Condition keys, in lower case, under which an administrator is accepted: reported, but not refused. */
export interface Accepted {
  readonly conditionKeys: readonly string[];
}

/**
 * Decides what the documents of one principal grant together: the worst that is certain, then, unless that is the worst
 * there is, what is possible. Empty when they grant nothing of the kind, whatever the unknown inputs become.
 */
export function decide(documents: readonly PolicyDocument[], accepted: Accepted): Verdict[] {
  try {
    const sure = certain(documents, accepted);
    const may = sure?.kind === "admin" ? undefined : possible(documents, accepted);
    return [sure, may].filter((verdict) => verdict !== undefined);
  } catch (error) {
    if (error instanceof TooComplex) return [{ kind: "too-complex" }];
    throw error;
  }
}

function certain(documents: readonly PolicyDocument[], accepted: Accepted): Verdict | undefined {
  const rules = compile(documents, "certain");
  const denies = denying(accepted);
  const admin = findEscalation(rules, "certain", (grant) => blocks(grant, accepted), denies);
  if (admin !== undefined) {
    return { kind: "admin", by: admin, full: admin.grants.some(({ rule }) => isAboutEverything(rule)) };
  }
  const conditional = findEscalation(rules, "certain", (grant) => !isDelegation(grant));
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
  const may = whole || findEscalation(rules, "possible", (grant) => blocks(grant, accepted), denying(accepted));
  return may ? { kind: "unknown", inputs } : undefined;
}

/** Paths of everything in the documents that is known only during the update. */
function unknownInputs(documents: readonly PolicyDocument[]): string[] {
  const of = ({ items }: Selector): string[] => items.filter(({ unknown }) => unknown).map(({ path }) => path);
  const all = documents.flatMap(({ unknown, path, statements }) =>
    unknown
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
