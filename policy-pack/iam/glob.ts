// Token codes beside UTF-16 code units.
const anyOne = -1;
export const anyRun = -2;
const never = -3;
/** As `anyRun`, but within one field of an ARN: it matches no colon. For shapes that patterns are compared with. */
export const fieldRun = -4;
const colon = 58;

/**
 * The token of the caller's own user name. No text has it: it lies beyond UTF-16. It stands several times in a row,
 * lest a `?` take it for a name of one character.
 */
const ownNameCode = 0x110000;
const ownNameLength = 16;
export const ownName: readonly number[] = Array.from({ length: ownNameLength }, () => ownNameCode);

/** An IAM wildcard pattern: `*` is any run of characters, `?` any one, `${...}` a value only the request knows. */
export interface Glob {
  readonly tokens: readonly number[];
  /** Length of the shortest text it matches. */
  readonly minLength: number;
}

/**
 * `${*}`, `${?}` and `${$}` are IAM's spelling of the bare characters, `${aws:username}` is the caller's own name, with or
 * without a default; any other variable matches nothing.
 */
const variable = /\$\{([^}]*)\}/y;
const username = /^\s*aws:username\s*(,|$)/i;

/** Compiles a pattern, in time linear in its length. */
export function compileGlob(pattern: string): Glob {
  return compileGlobFor(pattern, Infinity);
}

/** The same where only texts up to a length are asked about: a pattern of longer ones is not read to its end. */
export function compileGlobFor(pattern: string, longest: number): Glob {
  const tokens: number[] = [];
  let minLength = 0;
  for (let at = 0; at < pattern.length && minLength <= longest; at++) {
    const code = pattern.charCodeAt(at);
    if (code === 42) {
      if (tokens[tokens.length - 1] !== anyRun) tokens.push(anyRun);
      continue;
    }
    variable.lastIndex = at;
    const found = code === 36 ? variable.exec(pattern) : null;
    if (found !== null) {
      at += found[0].length - 1;
      if (username.test(found[1]!)) {
        tokens.push(...ownName);
        minLength += ownNameLength;
        continue;
      }
      tokens.push(/^[*?$]$/.test(found[1]!) ? found[1]!.charCodeAt(0) : never);
    } else {
      tokens.push(code === 63 ? anyOne : code);
    }
    minLength++;
  }
  return { tokens, minLength };
}

/** Whether a text matches. */
export function matches({ tokens, minLength }: Glob, text: string): boolean {
  if (minLength > text.length) return false;
  let token = 0;
  let at = 0;
  let runToken = -1;
  let runAt = 0;
  while (at < text.length) {
    const expected = tokens[token];
    if (expected === anyRun) {
      runToken = token++;
      runAt = at;
    } else if (expected === anyOne || expected === text.charCodeAt(at)) {
      token++;
      at++;
    } else if (runToken >= 0) {
      // Give the last `*` one character more; earlier ones need not be tried again.
      token = runToken + 1;
      at = ++runAt;
    } else {
      return false;
    }
  }
  while (tokens[token] === anyRun) token++;
  return token === tokens.length;
}

/**
 * The pattern's text up to where it first names the caller, with `*` for every wildcard; `undefined` when it does not.
 */
export function beforeOwnName({ tokens }: Glob): string | undefined {
  const end = tokens.indexOf(ownNameCode);
  const before = tokens.slice(0, Math.max(0, end));
  return end < 0 ? undefined : before.map((token) => (token < 0 ? "*" : String.fromCharCode(token))).join("");
}

/**
 * Whether some text matches both patterns. Exact, in time of the product of their lengths.
 *
 * @param b may hold `fieldRun`
 */
export function overlap(a: Glob, b: Glob): boolean {
  // Positions in b that can be reached, for one position in a after the other.
  let reached = runsFrom(new Set([0]), b);
  for (const token of a.tokens) {
    const next = new Set<number>();
    for (const position of reached) {
      const other = b.tokens[position];
      if (token === anyRun) {
        for (let to = position; to <= b.tokens.length && !next.has(to); to++) {
          next.add(to);
          if (b.tokens[to] === never) break;
        }
      } else if (staysAt(other, token)) next.add(position);
      else if (other !== undefined && alike(token, other)) next.add(position + 1);
    }
    reached = runsFrom(next, b);
    if (reached.size === 0) return false;
  }
  return reached.has(b.tokens.length);
}

function runsFrom(positions: Set<number>, { tokens }: Glob): Set<number> {
  // A set goes over what is added on the way.
  for (const position of positions) {
    if (tokens[position] === anyRun || tokens[position] === fieldRun) positions.add(position + 1);
  }
  return positions;
}

function staysAt(run: number | undefined, token: number): boolean {
  return token !== never && (run === anyRun || (run === fieldRun && token !== colon));
}

function alike(a: number, b: number): boolean {
  if (a === never || b === never || b === fieldRun) return false;
  return a === b || a === anyOne || b === anyOne;
}

/** How many characters at the end of a text the pattern spells out. */
export function literalTail({ tokens }: Glob): number {
  const at = tokens.findLastIndex((token) => token < 0);
  return tokens.length - 1 - at;
}

/** Where a set of patterns stands after some characters: positions of tokens, ascending. */
export type State = readonly number[];

/** Reads one text with many patterns at once; the states are those of their common deterministic automaton. */
export class GlobAutomaton {
  private readonly tokens: number[] = [];
  private readonly owner: number[] = [];
  private readonly starts: number[] = [];

  /** How many positions were visited; a measure of the work done. */
  work = 0;

  constructor(globs: readonly Glob[]) {
    globs.forEach((glob, index) => {
      this.starts.push(this.tokens.length);
      for (const token of glob.tokens) this.push(token, index);
      this.push(never, index);
    });
  }

  start(): State {
    return this.closed(this.starts);
  }

  /** The state after one more character; `undefined` stands for any character that no pattern names. */
  step(state: State, code: number | undefined): State {
    const next: number[] = [];
    for (const position of state) {
      const token = this.tokens[position];
      if (token === anyRun) next.push(position);
      else if (token === anyOne || (token === code && code !== undefined)) next.push(position + 1);
    }
    this.work += state.length;
    return this.closed(next);
  }

  read(state: State, text: string): State {
    return [...text].reduce<State>((at, character) => this.step(at, character.charCodeAt(0)), state);
  }

  /** The characters that lead elsewhere than any unnamed one does. */
  named(state: State): number[] {
    return [...new Set(state.map((position) => this.tokens[position]!).filter((token) => token >= 0))];
  }

  /** Which patterns match the text read so far. */
  accepted(state: State): number[] {
    return state.filter((position) => this.isEnd(position)).map((position) => this.owner[position]!);
  }

  private push(token: number, owner: number): void {
    this.tokens.push(token);
    this.owner.push(owner);
  }

  private isEnd(position: number): boolean {
    return this.owner[position] !== this.owner[position + 1];
  }

  /**
   * An upper bound of the share of texts of `length` characters, out of `alphabet`, that some pattern matches from here:
   * each placing of a pattern's literals is as likely as guessing them.
   */
  bound(state: State, length: number, alphabet: ReadonlySet<number>): number {
    return state.reduce((sum, position) => sum + this.boundFrom(position, length, alphabet), 0);
  }

  private boundFrom(from: number, length: number, alphabet: ReadonlySet<number>): number {
    let bound = 1;
    let floating = false;
    for (let position = from; !this.isEnd(position); position++) {
      const token = this.tokens[position]!;
      if (token === anyRun) floating = true;
      if (token === never || (token >= 0 && !alphabet.has(token))) return 0;
      if (token < 0) continue;
      // The first literal behind a `*` may stand anywhere, those after it follow it.
      bound *= floating ? (length + 1) / alphabet.size : 1 / alphabet.size;
      floating = false;
    }
    return Math.min(1, bound);
  }

  // Past a `*` one may also stand behind it; and whoever stands on a `*` need not remember anything before it, because
  // whatever would match from there matches from here. That keeps the state of each pattern as small as it can be.
  private closed(ascending: readonly number[]): State {
    const all: number[] = [];
    for (const position of ascending) {
      if (all[all.length - 1] !== position) all.push(position);
      if (this.tokens[position] === anyRun) all.push(position + 1);
    }
    const kept: number[] = [];
    let starred = -1;
    for (let index = all.length - 1; index >= 0; index--) {
      const position = all[index]!;
      const owner = this.owner[position]!;
      if (owner === starred) continue;
      kept.push(position);
      if (this.tokens[position] === anyRun) starred = owner;
    }
    return kept.reverse();
  }
}
