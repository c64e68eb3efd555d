import { type Rule } from "./rule";
import { actionsOf, hasAction, isIrrelevant, unnamedAction } from "./action-set";
import { judge, type Judgement } from "./conditions";
import { type PolicyDocument, type Statement } from "./model";
import { type Escalation, escalations, type TargetKind } from "./escalation";
import { Targets } from "./everyone";
import { reachingOwnUser } from "./own-user";
import { type Compiled, compileResources, covers } from "./patterns";
import { isAllow, type Reading } from "./reading";

/** An Allow that takes part in a grant, and what its conditions leave of it. */
export interface Grant {
  readonly rule: Rule;
  readonly judgement: Judgement;
}

/** An escalation that is granted over everyone, or over the caller's own user, by these statements together. */
export interface Escalates {
  readonly escalation: Escalation;
  readonly over: "everyone" | "own user";
  readonly grants: readonly Grant[];
}

const compiledOnce: Record<Reading, WeakMap<PolicyDocument, readonly Rule[]>> = {
  certain: new WeakMap(),
  possible: new WeakMap(),
};

/** Compiles the statements of one principal's documents; those about actions nobody asks about are left out. */
export function compile(documents: readonly PolicyDocument[], reading: Reading): readonly Rule[] {
  return documents.flatMap((document) => {
    const known = compiledOnce[reading].get(document);
    if (known !== undefined) return known;
    const rules = document.statements.flatMap((each) => compileRule(each, reading));
    compiledOnce[reading].set(document, rules);
    return rules;
  });
}

const nothing: readonly Rule[] = [];

function compileRule(statement: Statement, reading: Reading): Rule | readonly Rule[] {
  const actions = actionsOf(statement.actions, statement, reading);
  if (isIrrelevant(actions)) return nothing;
  let resources: Compiled | undefined;
  return {
    statement,
    allows: isAllow(statement, reading),
    actions,
    // What it works on is not looked at before it is clear that something is granted.
    get resources() {
      resources ??= compileResources(statement.resources, statement, reading);
      return resources;
    },
  };
}

/**
 * The first escalation that the rules grant over everyone of its kind, in some account of some partition; if there is
 * none, the first that they grant every user over itself.
 *
 * @param counts which Allow statements take part, judged under their conditions; those that never apply never do
 * @param denies which Deny statements cancel; by default those whose conditions never restrict
 * @throws TooComplex when deciding would take more than a bounded amount of work
 */
export function findEscalation(
  rules: readonly Rule[],
  reading: Reading,
  counts: (grant: Grant) => boolean,
  denies: (judgement: Judgement) => boolean = ({ truth }) => truth === "always",
): Escalates | undefined {
  const decided = new Map<string, readonly Rule[]>();
  let own: Escalates | undefined;
  for (const escalation of escalations) {
    const action = escalation.action.toLowerCase();
    const relevant = rules.filter((rule) => hasAction(rule.actions, action) && mayReach(rule, escalation.kind));
    if (!relevant.some(({ allows }) => allows)) continue;
    const judged = relevant.map((rule) => ({ rule, judgement: judge(rule.statement, escalation, reading) }));
    const grants = judged.filter((each) => each.rule.allows && each.judgement.truth !== "never" && counts(each));
    if (grants.length === 0) continue;
    const cancelling = judged.filter((each) => !each.rule.allows && denies(each.judgement));
    const involved = [...grants, ...cancelling].map(({ rule }) => rule);
    // Most escalations are covered by the same statements; those need to be looked at once per kind of target.
    const key = `${escalation.kind} ${involved.map((rule) => rules.indexOf(rule)).join()}`;
    const reaching = decided.get(key) ?? new Targets(involved, escalation.kind).reachingEveryone();
    decided.set(key, reaching);
    const by = (found: readonly Rule[]): readonly Grant[] => grants.filter(({ rule }) => found.includes(rule));
    if (reaching.length > 0) return { escalation, over: "everyone", grants: by(reaching) };
    const reachingSelf = own === undefined && escalation.ownUser ? reachingOwnUser(involved) : [];
    if (reachingSelf.length > 0) own = { escalation, over: "own user", grants: by(reachingSelf) };
  }
  return own;
}

/** Whether what a rule works on may be of this kind; where it is not, the rule neither grants nor cancels. */
function mayReach({ resources: { negated, globs } }: Rule, kind: TargetKind): boolean {
  return negated || globs.some(({ kinds }) => kinds.has(kind));
}

// A character no document contains: a resource of a service that nothing names.
const unnamed = "\u0001";
const unnamedResource = `arn:${unnamed}:${unnamed}:${unnamed}:${unnamed}:${unnamed}`;

/** Whether a rule is about everything: any action of any service on any resource, but for what it names. */
export function isAboutEverything(rule: Rule): boolean {
  return hasAction(rule.actions, unnamedAction) && covers(rule.resources, unnamedResource);
}
