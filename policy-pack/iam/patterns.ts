import { replaceUnknown } from "../values";
import { type Item, type Selector, type Statement } from "./document";
import { escalations } from "./escalation";
import { compileGlob, type Glob, matches } from "./glob";

/**
 * How unknown inputs are read. `certain`: as whatever grants least, so that what is left is granted for sure.
 * `possible`: as whatever grants most.
 */
export type Reading = "certain" | "possible";

/** A selector ready to match: these globs, or all but these. */
export interface Compiled {
  readonly negated: boolean;
  readonly globs: readonly Glob[];
}

// Nothing that matters is longer: an action has 128 characters at most, an ARN prefix with a name far fewer than this.
const longest = 200;

/**
 * Compiles a selector as an Allow or a Deny reads it.
 *
 * Where more patterns mean a larger grant, odd spellings are forgiven (blanks, case of the prefix); where they mean a
 * smaller one, they do not count. Whichever way AWS decides, nothing is let through because of its spelling.
 *
 * @param asked the actions that will be asked about; by default the IAM escalations
 */
export function compileSelector(
  selector: Selector,
  kind: "action" | "resource",
  of: Statement,
  reading: Reading,
  asked: Asked = iamEscalations,
): Compiled {
  const allows = of.effect === "Allow" || (of.effect === "unknown" && reading === "possible");
  if (selector.missing) {
    return { negated: allows, globs: [] };
  }
  const generous = allows !== selector.negated;
  const read = (item: Item): string[] => {
    const text = readUnknown(item, generous === (reading === "possible"));
    return text === undefined
      ? []
      : [generous ? forgive(text, kind) : text].filter((each) => generous || plain(each, kind));
  };
  const texts = new Set<string>();
  for (const item of selector.items) {
    for (const each of read(item)) {
      const text = kind === "action" ? each.toLowerCase() : each;
      if (kind === "resource" || mayMatch(text, asked)) texts.add(text);
    }
  }
  const globs = [...texts].map((text) => compileGlob(ownAccount(text))).filter((glob) => isRelevant(glob, kind, asked));
  return { negated: selector.negated, globs };
}

/** Actions that are asked about: a pattern with another service, or a character none has, matches none of them. */
export interface Asked {
  readonly services: ReadonlySet<string>;
  readonly codes: ReadonlySet<number>;
}

export function askedOf(actions: readonly string[]): Asked {
  const lower = actions.map((action) => action.toLowerCase());
  return {
    services: new Set(lower.map((action) => action.slice(0, action.indexOf(":")))),
    codes: new Set(lower.flatMap((action) => [...action]).map((each) => each.charCodeAt(0))),
  };
}

const iamEscalations = askedOf(escalations.map(({ action }) => action));

function mayMatch(pattern: string, { services }: Asked): boolean {
  const service = pattern.slice(0, Math.max(0, pattern.indexOf(":")));
  return service === "" || /[*?$]/.test(service) || services.has(service);
}

function isRelevant({ minLength, tokens }: Glob, kind: "action" | "resource", { codes }: Asked): boolean {
  if (minLength > longest) return false;
  return kind === "resource" || tokens.every((token) => token < 0 || codes.has(token));
}

/** Whether the selector covers this text. */
export function covers({ negated, globs }: Compiled, text: string): boolean {
  return globs.some((glob) => matches(glob, text)) !== negated;
}

// A sentinel within a text may turn out to be anything, a wildcard too; nothing can match more than `*` does.
function readUnknown({ text, unknown }: Item, widest: boolean): string | undefined {
  return !unknown ? text : widest ? replaceUnknown(text, "*") : undefined;
}

function forgive(text: string, kind: "action" | "resource"): string {
  const trimmed = text.trim();
  return kind === "action" ? trimmed : trimmed.replace(/^arn:[^:]*:[^:]*:/i, (prefix) => prefix.toLowerCase());
}

/** Spelt as AWS's grammar has it. */
function plain(text: string, kind: "action" | "resource"): boolean {
  return text === "*" || (kind === "action" ? /^(\*|[\w-]+):[^\s:]+$/.test(text) : /^(arn|\*+):?\S*$/.test(text));
}

// The principal's own account is the one this document is deployed to, so it stands for "some account" as `*` does.
function ownAccount(text: string): string {
  return text.replace(/\$\{aws:(Principal|Resource)Account\}/gi, "*");
}
