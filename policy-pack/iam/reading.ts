import { replaceUnknown } from "../values";
import { type Item, type Selector, type Statement } from "./model";

/**
 * How unknown inputs are read. `certain`: as whatever grants least, so that what is left is granted for sure.
 * `possible`: as whatever grants most.
 */
export type Reading = "certain" | "possible";

/** Whether a statement grants, as far as this reading goes; otherwise it cancels. */
export function isAllow({ effect }: Statement, reading: Reading): boolean {
  return effect === "Allow" || (effect === "unknown" && reading === "possible");
}

/**
 * Whether more patterns in this selector mean a larger grant. There odd spellings are forgiven (blanks, case of the
 * prefix); where they mean a smaller one, they do not count. Whichever way AWS decides, nothing is let through because
 * of its spelling.
 */
export function isGenerous({ negated }: Selector, of: Statement, reading: Reading): boolean {
  return isAllow(of, reading) !== negated;
}

/**
 * A pattern's text under a reading; `undefined` when it may turn out to match nothing.
 *
 * @param widest a sentinel within it may be anything, a wildcard too; nothing can match more than `*` does
 */
export function readText({ text, unknown }: Item, widest: boolean): string | undefined {
  return !unknown ? text : widest ? replaceUnknown(text, "*") : undefined;
}

// Blanks, and characters that are not seen at all; names of actions and IAM resources have none.
const unseen = /[^\x21-\x7e]/g;

/** A pattern without what AWS may overlook in it. */
export function withoutBlanks(text: string): string {
  return text.replace(unseen, "");
}
