import { type GlobAutomaton, type State } from "./glob";

// Characters an IAM name and path are made of: A-Z a-z 0-9 + = , . @ - _ and the slash of a path.
const nameCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+=,.@-_/";
const nameCodes = new Set([...nameCharacters].map((each) => each.charCodeAt(0)));

// Names of half the length IAM allows (64): long enough for every pattern that is not an enumeration of names.
const nameLength = 32;

// States rarer than this are not followed; what they could add is counted as if it matched.
const negligible = 1e-5;

/** Thrown when a document would cost more than it is worth; nothing is known about it then. */
export class TooComplex extends Error {
  override readonly name = "TooComplex";
}

// Positions visited, about a tenth of a second of work, twice that on a busy machine. No document within the size AWS
// allows comes near it without trying to.
const workLimit = 500_000;

/** The state after a name of characters that no pattern names: a name the document does not speak of. */
export function afterUnnamed(automaton: GlobAutomaton, from: State): State {
  let state = from;
  for (let length = 0; length < nameLength; length++) state = automaton.step(state, undefined);
  return state;
}

/** An upper bound of the share of all possible names that any pattern matches from this state on. Cheap. */
export function boundOfNames(automaton: GlobAutomaton, from: State): number {
  return automaton.bound(from, nameLength, nameCodes);
}

/**
 * The share of all possible names that are accepted when the automaton reads them from `from` on. Counted over the
 * automaton's paths, not sampled.
 *
 * @returns between 0 and 1; `*` is 1, `dev-*` about 70^-4
 */
export function shareOfNames(automaton: GlobAutomaton, from: State, accepts: (state: State) => boolean): number {
  let layer = new Map<string, { state: State; share: number }>([["", { state: from, share: 1 }]]);
  let left = 0;
  for (let length = 0; length < nameLength; length++) {
    const next: typeof layer = new Map();
    for (const { state, share } of layer.values()) {
      if (share < negligible) {
        left += share;
        continue;
      }
      const named = automaton.named(state).filter((code) => nameCodes.has(code));
      for (const code of named) add(next, automaton.step(state, code), share / nameCodes.size);
      add(next, automaton.step(state, undefined), share * (1 - named.length / nameCodes.size));
    }
    checkWork(automaton);
    layer = next;
  }
  const ends = [...layer.values()].filter(({ state }) => accepts(state));
  return ends.reduce((sum, { share }) => sum + share, left);
}

function add(layer: Map<string, { state: State; share: number }>, state: State, share: number): void {
  if (share <= 0) return;
  const key = state.join();
  const seen = layer.get(key);
  if (seen === undefined) layer.set(key, { state, share });
  else seen.share += share;
}

/** Every state the automaton can be in after `count` decimal digits; the first is that of digits no pattern names. */
export function afterDigits(automaton: GlobAutomaton, from: readonly State[], count: number): State[] {
  let layer = distinct(from);
  for (let length = 0; length < count; length++) {
    layer = distinct(
      layer.flatMap((state) => {
        const digits = automaton.named(state).filter((code) => code >= 48 && code <= 57);
        const others = digits.length < 10 ? [automaton.step(state, undefined)] : [];
        return [...others, ...digits.map((code) => automaton.step(state, code))];
      }),
    );
    checkWork(automaton);
  }
  return layer;
}

function distinct(states: readonly State[]): State[] {
  return [...new Map(states.map((state) => [state.join(), state])).values()];
}

function checkWork(automaton: GlobAutomaton): void {
  if (automaton.work > workLimit) throw new TooComplex();
}
