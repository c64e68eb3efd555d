import { judge, type Judgement } from "./conditions";
import { type PolicyDocument, type Statement } from "./document";
import { type Escalation, escalations } from "./escalation";
import { Targets } from "./everyone";
import { reachingOwnUser } from "./own-user";
import { type Asked, type Compiled, compileSelector, covers, type Reading } from "./patterns";

/** A statement with its selectors compiled under one reading. */
export interface Rule {
  readonly statement: Statement;
  readonly allows: boolean;
  readonly actions: Compiled;
  readonly resources: Compiled;
}

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

/**
 * Compiles the statements of one principal's documents.
 *
 * @param asked the actions that will be asked about; by default the IAM escalations
 */
export function compile(documents: readonly PolicyDocument[], reading: Reading, asked?: Asked): Rule[] {
  return documents.flatMap(({ statements }) => statements.map((statement) => compileRule(statement, reading, asked)));
}

function compileRule(statement: Statement, reading: Reading, asked?: Asked): Rule {
  let resources: Compiled | undefined;
  return {
    statement,
    allows: statement.effect === "Allow" || (statement.effect === "unknown" && reading === "possible"),
    actions: compileSelector(statement.actions, "action", statement, reading, asked),
    // Most statements are about actions nobody asks about; what those work on is never looked at.
    get resources() {
      resources ??= compileSelector(statement.resources, "resource", statement, reading);
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
  const number = new Map(rules.map((rule, index) => [rule, index]));
  const targets = new Map<string, Targets>();
  const decided = new Map<string, readonly Rule[]>();
  let own: Escalates | undefined;
  for (const escalation of escalations) {
    const action = escalation.action.toLowerCase();
    const relevant = rules.filter(({ actions }) => covers(actions, action));
    const judged = relevant.map((rule) => ({ rule, judgement: judge(rule.statement, escalation, reading) }));
    const grants = judged.filter((each) => each.rule.allows && each.judgement.truth !== "never" && counts(each));
    if (grants.length === 0) continue;
    const cancelling = judged.filter((each) => !each.rule.allows && denies(each.judgement));
    const involved = [...grants, ...cancelling].map(({ rule }) => rule);
    // Most escalations are covered by the same statements; those need to be looked at once per kind of target.
    const key = involved.map((rule) => number.get(rule)).join();
    const target = targets.get(key) ?? new Targets(involved);
    targets.set(key, target);
    const reaching = decided.get(`${escalation.kind} ${key}`) ?? target.reachingEveryone(escalation.kind);
    decided.set(`${escalation.kind} ${key}`, reaching);
    const by = (found: readonly Rule[]): readonly Grant[] => grants.filter(({ rule }) => found.includes(rule));
    if (reaching.length > 0) return { escalation, over: "everyone", grants: by(reaching) };
    const reachingSelf = own === undefined && escalation.ownUser ? reachingOwnUser(involved) : [];
    if (reachingSelf.length > 0) own = { escalation, over: "own user", grants: by(reachingSelf) };
  }
  return own;
}

// A character no document contains: an action, and a resource, of a service that nothing names.
const unnamed = "\u0001";
const unnamedAction = `${unnamed}:${unnamed}`;
const unnamedResource = `arn:${unnamed}:${unnamed}:${unnamed}:${unnamed}:${unnamed}`;

/** Whether a rule is about everything: any action of any service on any resource, but for what it names. */
export function isAboutEverything({ actions, resources }: Rule): boolean {
  return covers(actions, unnamedAction) && covers(resources, unnamedResource);
}
