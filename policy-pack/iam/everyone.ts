import { partitions, type TargetKind } from "./escalation";
import { type Glob, GlobAutomaton, type State } from "./glob";
import { type ResourceGlob } from "./patterns";
import { type Rule } from "./rule";
import { afterDigits, afterUnnamed, boundOfNames, shareOfNames } from "./share";

// From this share of all possible names on, a grant counts as one over everyone. A prefix such as `dev-*` is far below,
// all names that start with a lower-case letter are above, and so are all names but a few that a Deny takes out.
const everyone = 0.25;

const accountDigits = 12;

/** Who of one kind the resources of some rules, Allow and Deny together, are about. */
export class Targets {
  private readonly patterns: readonly { glob: Glob; rule: Rule }[];

  constructor(
    private readonly rules: readonly Rule[],
    private readonly kind: TargetKind,
  ) {
    this.patterns = rules.flatMap((rule) =>
      manyOf(rule).flatMap((glob) => (glob.kinds.has(kind) ? { glob, rule } : [])),
    );
  }

  /**
   * The Allow rules that together reach everyone of this kind in some account: a name of which the document does not
   * speak, or at least a quarter of all names. Empty when they do not.
   *
   * @throws TooComplex when deciding would take more than a bounded amount of work
   */
  reachingEveryone(): Rule[] {
    const speaking = new Set(this.patterns.map(({ rule }) => rule));
    if (!this.rules.some((rule) => rule.allows && (rule.resources.negated || speaking.has(rule)))) return [];
    return this.found(new GlobAutomaton(this.patterns.map(({ glob }) => glob)));
  }

  private found(automaton: GlobAutomaton): Rule[] {
    const prefixes = partitionsOf(this.rules.flatMap(manyOf)).map((partition) =>
      automaton.read(automaton.start(), `arn:${partition}:iam::`),
    );
    const at = (state: State): State => automaton.read(state, `:${this.kind}/`);
    for (const prefix of prefixes) {
      const granting = this.granting(automaton, afterUnnamed(automaton, at(unnamedDigits(automaton, prefix))));
      if (granting.length > 0) return granting.slice(0, 1);
    }
    const starts = afterDigits(automaton, prefixes, accountDigits).map(at);
    for (const start of starts) {
      const granting = this.granting(automaton, afterUnnamed(automaton, start));
      if (granting.length > 0) return granting.slice(0, 1);
    }
    const positive = this.rules.every((rule) => !rule.allows || !rule.resources.negated);
    const accepts = (state: State): boolean => this.granting(automaton, state).length > 0;
    const reached = starts.some((start) => {
      if (positive && boundOfNames(automaton, start) < everyone) return false;
      return shareOfNames(automaton, start, accepts) >= everyone;
    });
    return reached ? this.rules.filter(({ allows }) => allows) : [];
  }

  private granting(automaton: GlobAutomaton, state: State): Rule[] {
    const hit = new Set(automaton.accepted(state).map((index) => this.patterns[index]!.rule));
    const applies = (rule: Rule): boolean => hit.has(rule) !== rule.resources.negated;
    return this.rules.some((rule) => !rule.allows && applies(rule))
      ? []
      : this.rules.filter((rule) => rule.allows && applies(rule));
  }
}

function manyOf({ resources }: Rule): ResourceGlob[] {
  return resources.globs.filter(({ isSingle }) => !isSingle);
}

// Most documents name no account; then this is the only one there is to look at.
function unnamedDigits(automaton: GlobAutomaton, from: State): State {
  let state = from;
  for (let length = 0; length < accountDigits; length++) state = automaton.step(state, undefined);
  return state;
}

// A document that spells out `arn:aws:` is meant for that partition, and cancels there what it needs to. So only those
// count that it speaks of, and the usual one, lest a Deny for a partition where nobody is hides an Allow.
export function partitionsOf(globs: readonly Glob[]): string[] {
  return partitions.filter(
    (partition) => partition === "aws" || globs.some((glob) => namesPartition(glob, `arn:${partition}:`)),
  );
}

function namesPartition({ tokens }: Glob, prefix: string): boolean {
  const end = tokens.findIndex((token, index) => token < 0 || token !== prefix.charCodeAt(index));
  return end < 0 || end >= prefix.length || (end > "arn:".length && tokens[end]! < 0);
}
