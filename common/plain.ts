// Source: ECMA-48, control functions; Unicode Standard Annex #9, explicit directional formatting.
const controls = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;
// All but the end of a line, and but what sets colours, which harms nobody.
// eslint-disable-next-line no-control-regex -- it is about these
const untoward = /(?!\n|\u001b\[[\d;]*m)[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;

/** A name that strangers chose, on one line, so that it cannot write over a terminal or turn the text round. */
export function plain(name: string): string {
  return name.replace(controls, "?");
}

/** A whole text with such names in it, as it may go to a terminal: line ends and our own colours stay. */
export function harmless(text: string): string {
  return text.replace(untoward, "?");
}
