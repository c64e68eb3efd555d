import { type Condition } from "../iam/model";
import { type Finding } from "./types";

/** Up to three places or names, and how many more there are. */
export function listed(texts: readonly string[]): string {
  const distinct = [...new Set(texts)];
  const more = distinct.length > 3 ? ` and ${distinct.length - 3} more` : "";
  return `${distinct.slice(0, 3).join(", ")}${more}`;
}

/** `Bool aws:multifactorauthpresent`. Operators and keys only: a value may be an address or a tag, nobody's business. */
export function conditionNames(conditions: readonly Condition[]): string {
  return [...new Set(conditions.map(({ operator, key }) => `${operator} ${key}`))].slice(0, 3).join(", ");
}

/** What is said of a document that AWS will not accept as it stands. */
export function malformed(path: string, problems: readonly string[]): Finding {
  return {
    certainty: "violation",
    level: "advisory",
    message: "Not a policy document AWS accepts; it may not have been understood.",
    path,
    witness: problems.slice(0, 3).join("; "),
    fix: "build it with JSON.stringify or aws.iam.getPolicyDocument.",
  };
}

/**
 * What is said of inputs that are not known yet. What the resource depends on may exist by the time it is decided; the
 * resource itself does not.
 *
 * @param what such as `this attaches an administrator's policy`
 * @param fix what to do meanwhile
 */
export function cannotTell(what: string, paths: readonly string[], fix: string): Finding {
  return {
    certainty: "unknown",
    message: `Cannot tell yet whether ${what}.`,
    path: listed(paths),
    witness: "this input is known only during the update; it is decided then, before this resource is made.",
    fix,
  };
}
