import { hasAction } from "./action-set";
import { judge } from "./conditions";
import { type PolicyDocument } from "./model";
import { type EscalationPath, passRolePaths, takeoverPaths } from "./escalation-paths";
import { compile, type Escalates, findEscalation, type Grant, isAboutEverything } from "./evaluate";
import { type Rule } from "./rule";
import { partitionsOf, Targets } from "./everyone";
import { anyRun, compileGlob, fieldRun, type Glob, matches, overlap } from "./glob";
import { covers } from "./patterns";
import { type Reading } from "./reading";
import { TooComplex } from "./share";
import { simplified } from "./simplify";

/** A path that the documents grant, and the statements that do. */
export interface FoundPath {
  readonly path: EscalationPath;
  readonly grants: readonly Grant[];
}

export interface FoundPaths {
  /** One IAM action that is enough by itself. */
  readonly alone?: Escalates;
  readonly paths: readonly FoundPath[];
}

export interface PathOptions {
  /** Also paths that take over what runs already. */
  readonly existing: boolean;
  /** Only roles hold the documents, so that nobody is the caller's own user. */
  readonly heldByRoles?: boolean;
}

const paths = [...passRolePaths, ...takeoverPaths];

/**
 * The escalation paths that the documents of one principal grant together. A document that grants everything is no
 * path: it is an administrator already, and iam-no-admin-wildcard says so.
 *
 * Where it is too complex to be decided, what is simple in it is, so that noise does not hide a path.
 *
 * @throws TooComplex when nothing is found in that either
 */
export function findPaths(documents: readonly PolicyDocument[], reading: Reading, options: PathOptions): FoundPaths {
  const rules = compile(documents, reading);
  try {
    return pathsOf(rules, reading, options);
  } catch (error) {
    const found = error instanceof TooComplex ? pathsOf(simplified(rules, "all"), reading, options) : { paths: [] };
    if (found.alone === undefined && found.paths.length === 0) throw error;
    return found;
  }
}

function pathsOf(rules: readonly Rule[], reading: Reading, options: PathOptions): FoundPaths {
  const everything = rules.some((rule) => rule.allows && isAboutEverything(rule));
  const single = findEscalation(rules, reading, isUsable);
  const alone = options.heldByRoles && single?.over === "own user" ? undefined : single;
  if (alone !== undefined) return everything ? { paths: [] } : { alone, paths: [] };
  const search = new Search(rules, reading);
  const wanted = options.existing && !everything ? paths : passRolePaths;
  return { paths: wanted.flatMap((path) => search.find(path) ?? []) };
}

// A condition on who may call, or when, leaves the path open; one on what it may be used on is taken to close it.
function isUsable({ judgement: { truth } }: Grant): boolean {
  return truth === "always" || truth === "session";
}

// Characters no document contains: a name that none speaks of.
const unnamed = "\u0001".repeat(16);

/** Looks for paths in one set of rules; what was found of an action once is not looked for again. */
class Search {
  private readonly covering = new Map<string, readonly Rule[]>();
  private readonly grants = new Map<string, readonly Grant[]>();

  constructor(
    private readonly rules: readonly Rule[],
    private readonly reading: Reading,
  ) {}

  find(path: EscalationPath): FoundPath | undefined {
    // Most documents lack most of the actions, which is all there is to say then.
    if (!path.actions.every((action) => this.ofAction(action).length > 0)) return undefined;
    const found: Grant[] = [];
    for (const action of path.actions) {
      const granting = this.granting(action, path);
      if (granting.length === 0) return undefined;
      found.push(granting[0]!);
    }
    return { path, grants: [...new Map(found.map((grant) => [grant.rule.statement.path, grant])).values()] };
  }

  private granting(action: string, path: EscalationPath): readonly Grant[] {
    const onRole = action === "iam:PassRole" || path.onRoles === true;
    const service = action === "iam:PassRole" ? path.passedTo : undefined;
    const key = [action, service, onRole ? "role" : (path.existing ?? "any")].join(" ");
    const known = this.grants.get(key);
    if (known !== undefined) return known;
    const judged = this.ofAction(action).map((rule) => ({
      rule,
      judgement: judge(rule.statement, undefined, this.reading, service),
    }));
    const allowing = judged.filter((each) => each.rule.allows && isUsable(each));
    const denying = judged.filter(({ rule, judgement }) => !rule.allows && judgement.truth === "always");
    const denied = denying.map(({ rule }) => rule);
    const granting =
      allowing.length === 0 ? [] : onRole ? everyRole(allowing, denied) : reaching(allowing, denied, action, path);
    this.grants.set(key, granting);
    return granting;
  }

  /** The rules about an action; none where no Allow is among them. */
  private ofAction(action: string): readonly Rule[] {
    const known = this.covering.get(action);
    if (known !== undefined) return known;
    const lower = action.toLowerCase();
    const covering = this.rules.filter(({ actions }) => hasAction(actions, lower));
    const allowed = covering.some(({ allows }) => allows) ? covering : [];
    this.covering.set(action, allowed);
    return allowed;
  }
}

function everyRole(allowing: readonly Grant[], denied: readonly Rule[]): readonly Grant[] {
  const reached = new Targets([...allowing.map(({ rule }) => rule), ...denied], "role").reachingEveryone();
  return allowing.filter(({ rule }) => reached.includes(rule));
}

/** The grants that reach a resource no Deny takes out: any of the service, or those that exist, whatever their names. */
function reaching(
  allowing: readonly Grant[],
  denied: readonly Rule[],
  action: string,
  { existing }: EscalationPath,
): readonly Grant[] {
  const shape = existing === undefined ? `${action.slice(0, action.indexOf(":"))}:*` : `${existing}${unnamed}`;
  const globs = allowing.flatMap(({ rule }) => rule.resources.globs);
  const shapes = partitionsOf(globs).map((partition) => shapeOf(`arn:${partition}:${shape}`));
  return allowing.filter(({ rule }) => shapes.some((each) => reaches(rule, each, denied)));
}

/** A pattern whose wildcards stay within their field, but for one at the end. */
function shapeOf(text: string): Glob {
  const { tokens, minLength } = compileGlob(text);
  const last = tokens.length - 1;
  return { minLength, tokens: tokens.map((token, index) => (token === anyRun && index < last ? fieldRun : token)) };
}

function reaches({ resources: { negated, globs } }: Rule, shape: Glob, denied: readonly Rule[]): boolean {
  const ofShape = exampleOf(shape);
  const examples = negated
    ? [ofShape].filter((example) => !globs.some((glob) => matches(glob, example)))
    : globs.filter((glob) => overlap(glob, shape)).map((glob) => (matches(glob, ofShape) ? ofShape : exampleOf(glob)));
  return examples.some((example) => !denied.some(({ resources }) => covers(resources, example)));
}

/** A text that the pattern matches, and with it hardly any other: what it leaves open are characters nobody names. */
function exampleOf({ tokens }: Glob): string {
  return tokens
    .map((token) =>
      token === anyRun || token === fieldRun ? unnamed : token < 0 ? unnamed[0] : String.fromCodePoint(token),
    )
    .join("");
}
