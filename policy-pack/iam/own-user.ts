import { type Rule } from "./rule";
import { beforeOwnName, GlobAutomaton, ownName, type State } from "./glob";

// An account, or a path, that no pattern names; read as characters that none has.
const unnamed = "\u0001";
const accountDigits = 12;

// More spellings of oneself than this are not looked at: each costs one reading of the whole document.
const mostSpellings = 32;

/** The Allow rules that reach the user who makes the request, as `${aws:username}`; empty when none does. */
export function reachingOwnUser(rules: readonly Rule[]): Rule[] {
  const patterns = rules.flatMap((rule) =>
    rule.resources.globs.flatMap((glob) => (glob.kinds.has("user") ? { glob, rule } : [])),
  );
  const prefixes = [...new Set(patterns.flatMap(({ glob }) => ownPrefixes(beforeOwnName(glob))))];
  if (prefixes.length === 0) return [];
  const automaton = new GlobAutomaton(patterns.map(({ glob }) => glob));
  for (const prefix of prefixes.slice(0, mostSpellings)) {
    const codes = [...prefix].map((each) => (each === unnamed ? undefined : each.charCodeAt(0)));
    const end = [...codes, ...ownName].reduce<State>((at, code) => automaton.step(at, code), automaton.start());
    const hit = new Set(automaton.accepted(end).map((index) => patterns[index]!.rule));
    const applying = rules.filter((rule) => hit.has(rule) !== rule.resources.negated);
    if (applying.length > 0 && applying.every(({ allows }) => allows)) return applying.slice(0, 1);
  }
  return [];
}

/** Beginnings of an own user's ARN that a pattern with this text before the name is about. */
function ownPrefixes(before: string | undefined): string[] {
  if (before === undefined) return [];
  const [, partition = "*", account = "*", rest = ""] = /^arn:([^:]*):[^:]*:[^:]*:([^:]*):(.*)$/.exec(before) ?? [];
  const path = rest.startsWith("user/") ? rest.slice("user/".length) : "";
  const start = `arn:${known(partition, "aws")}:iam::${known(account, unnamed.repeat(accountDigits))}:user/`;
  // A `*` before the name may be a path, or nothing.
  const paths = path.includes("*") ? [path.replaceAll("*", ""), path.replaceAll("*", `${unnamed}/`)] : [path];
  return paths.concat(path.replaceAll("*", unnamed)).map((each) => `${start}${each}`);
}

function known(field: string, otherwise: string): string {
  return field.includes("*") || field === "" ? otherwise : field;
}
