import { type Rule } from "./rule";
import { anyRun } from "./glob";
import { type ResourceGlob } from "./patterns";

/**
 * The rules that are cheap to decide, for documents that as a whole are not. An Allow keeps no more than it grants, a
 * Deny no more than it takes away, so that what is left is granted unless a Deny too complex to read cancels it.
 *
 * @param kinds whose patterns are left out where they are not simple
 */
export function simplified(rules: readonly Rule[], kinds: "deny" | "all"): Rule[] {
  return rules.flatMap((rule) => {
    if (rule.allows && kinds === "deny") return [rule];
    const { negated, globs } = rule.resources;
    const simple = globs.filter(isSimple);
    if (simple.length === globs.length) return [rule];
    // All but fewer is more.
    return negated ? [] : [{ ...rule, resources: { negated, globs: simple } }];
  });
}

const colon = ":".charCodeAt(0);

/** Whether nothing but the pattern's end runs on within a name: such patterns never multiply one another's states. */
function isSimple(glob: ResourceGlob): boolean {
  if (glob.isSingle) return true;
  const name = glob.tokens.slice(glob.tokens.lastIndexOf(colon) + 1);
  const last = name.length - 1;
  return name.every((token, index) => token !== anyRun || index === last);
}
