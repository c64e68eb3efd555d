import { type Selector, type Statement } from "./model";
import { type TargetKind } from "./escalation";
import { compileGlob, compileGlobFor, type Glob, literalTail, matches } from "./glob";
import { isGenerous, type Reading, readText, withoutBlanks } from "./reading";
import { remembered } from "./remembered";

/** A pattern of resources. */
export interface ResourceGlob extends Glob {
  /** The kinds of IAM resource that it may match one of; of the others it matches none. */
  readonly kinds: ReadonlySet<TargetKind>;
  /** It spells out the end of a name, and so is about single names: one in 70^6 at most. */
  readonly isSingle: boolean;
}

/** A selector of resources ready to match: these globs, or all but these. */
export interface Compiled {
  readonly negated: boolean;
  readonly globs: readonly ResourceGlob[];
}

// Nothing that matters is longer: an ARN prefix with a name has far fewer characters than this.
const longest = 200;
const singleName = 6;
const fieldsOfArn = 6;

/** Compiles a selector of resources, as the patterns of one are read that grants or cancels. */
export function compileResources(selector: Selector, of: Statement, reading: Reading): Compiled {
  const generous = isGenerous(selector, of, reading);
  if (selector.missing) return { negated: generous, globs: [] };
  const patterns = generous ? forgiven : asSpelt;
  const globs = new Set<ResourceGlob>();
  for (const item of selector.items) {
    const text = readText(item, generous === (reading === "possible"));
    if (text === undefined || (!generous && of.literal && text.includes("${"))) continue;
    for (const glob of patterns(text)) globs.add(glob);
  }
  return { negated: selector.negated, globs: [...globs] };
}

// Patterns of fewer fields than an ARN has are read in two ways: as a text, in which `*` runs over colons ("if it is the
// last character of a segment", says the IAM User Guide on Resource), and field by field, the missing ones being `*`
// (which is how @cloud-copilot/iam-simulate found IAM to act). What grants counts in both ways, what cancels only as far
// as both agree.
const forgiven = remembered((text) => {
  const plain = withoutBlanks(text).replace(/^arn:[^:]*:[^:]*:/i, (prefix) => prefix.toLowerCase());
  // `${aws:PrincipalTag/team,'*'}`: whoever has no such tag has what stands behind the comma.
  const byDefault = plain.replace(/\$\{[^},]*,'([^']*)'\}/g, "$1");
  return [...new Set([plain, withAllFields(plain), byDefault])].flatMap(compiled);
});
const asSpelt = remembered((text) => {
  const filled = withAllFields(text);
  const agreed = filled === text || text.endsWith("*");
  return agreed && /^(arn|\*+):?\S*$/.test(text) ? compiled(filled) : [];
});

function withAllFields(pattern: string): string {
  if (!/^arn:/i.test(pattern)) return pattern;
  const colons = pattern.replace(/\$\{[^}]*\}/g, "").split(":", fieldsOfArn).length - 1;
  return pattern + ":*".repeat(fieldsOfArn - 1 - colons);
}

function compiled(text: string): ResourceGlob[] {
  // The principal's own account is the one this document is deployed to, so it stands for "some account" as `*` does.
  const pattern = text.replace(/\$\{aws:(Principal|Resource)Account\}/gi, "*");
  const glob = compileGlobFor(pattern, longest);
  return glob.minLength > longest
    ? []
    : [{ ...glob, kinds: kindsOf(pattern), isSingle: literalTail(glob) >= singleName }];
}

const everyKind: ReadonlySet<TargetKind> = new Set(["user", "group", "role", "policy"]);
const noKind: ReadonlySet<TargetKind> = new Set();

// The ARN of a user, group, role or policy has five colons. So no wildcard of a pattern that spells out as many matches
// one, and each of its fields must match for itself. A variable may hold colons.
function kindsOf(pattern: string): ReadonlySet<TargetKind> {
  if (pattern.includes("${")) return everyKind;
  const fields = pattern.split(":", fieldsOfArn + 1);
  if (fields.length < fieldsOfArn) return everyKind;
  const [, , service = "", region = "", , rest = ""] = fields;
  if (fields.length > fieldsOfArn || !/^\**$/.test(region) || !matches(compileGlob(service), "iam")) return noKind;
  const wildcard = rest.search(/[*?]/);
  const begin = wildcard < 0 ? rest : rest.slice(0, wildcard);
  const kinds = [...everyKind].filter((kind) => {
    const full = `${kind}/`;
    return wildcard < 0 ? begin.startsWith(full) : begin.startsWith(full) || full.startsWith(begin);
  });
  return new Set(kinds);
}

/** Whether the selector covers this text. */
export function covers({ negated, globs }: Compiled, text: string): boolean {
  return globs.some((glob) => matches(glob, text)) !== negated;
}
