import { partitions, type TargetKind } from "./escalation";
import { type Glob, GlobAutomaton, literalTail, type State } from "./glob";
import { type Rule } from "./evaluate";
import { afterDigits, afterUnnamed, boundOfNames, shareOfNames } from "./share";

// From this share of all possible names on, a grant counts as one over everyone. A prefix such as `dev-*` is far below,
// all names that start with a lower-case letter are above, and so are all names but a few that a Deny takes out.
const everyone = 0.25;

const accountDigits = 12;

// A pattern that spells out so many characters at its end is about single names: one in 70^6 at most.
export const singleName = 6;

/** Who the resources of some rules, Allow and Deny together, are about. */
export class Targets {
  private readonly automaton: GlobAutomaton;
  private readonly patterns: readonly { glob: Glob; rule: Rule }[];
  private partitions: readonly State[] | undefined;
  private accounts: readonly State[] | undefined;

  constructor(private readonly rules: readonly Rule[]) {
    this.patterns = rules.flatMap((rule) =>
      rule.resources.globs.filter((glob) => literalTail(glob) < singleName).map((glob) => ({ glob, rule })),
    );
    this.automaton = new GlobAutomaton(this.patterns.map(({ glob }) => glob));
  }

  /**
   * The Allow rules that together reach everyone of this kind in some account: a name of which the document does not
   * speak, or at least a quarter of all names. Empty when they do not.
   *
   * @throws TooComplex when deciding would take more than a bounded amount of work
   */
  reachingEveryone(kind: TargetKind): Rule[] {
    const at = (state: State): State => this.automaton.read(state, `:${kind}/`);
    for (const prefix of this.prefixes()) {
      const granting = this.granting(afterUnnamed(this.automaton, at(unnamedDigits(this.automaton, prefix))));
      if (granting.length > 0) return granting.slice(0, 1);
    }
    const starts = this.inAccounts().map(at);
    for (const start of starts) {
      const granting = this.granting(afterUnnamed(this.automaton, start));
      if (granting.length > 0) return granting.slice(0, 1);
    }
    const positive = this.rules.every((rule) => !rule.allows || !rule.resources.negated);
    const accepts = (state: State): boolean => this.granting(state).length > 0;
    const reached = starts.some((start) => {
      if (positive && boundOfNames(this.automaton, start) < everyone) return false;
      return shareOfNames(this.automaton, start, accepts) >= everyone;
    });
    return reached ? this.rules.filter(({ allows }) => allows) : [];
  }

  private inAccounts(): readonly State[] {
    this.accounts ??= afterDigits(this.automaton, this.prefixes(), accountDigits);
    return this.accounts;
  }

  private prefixes(): readonly State[] {
    this.partitions ??= partitionsOf(this.patterns.map(({ glob }) => glob)).map((partition) =>
      this.automaton.read(this.automaton.start(), `arn:${partition}:iam::`),
    );
    return this.partitions;
  }

  private granting(state: State): Rule[] {
    const hit = new Set(this.automaton.accepted(state).map((index) => this.patterns[index]!.rule));
    const applies = (rule: Rule): boolean => hit.has(rule) !== rule.resources.negated;
    return this.rules.some((rule) => !rule.allows && applies(rule))
      ? []
      : this.rules.filter((rule) => rule.allows && applies(rule));
  }
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
