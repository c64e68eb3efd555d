/** What a text can hold that opens an account or a machine to whoever reads it. */
export type Kind = "AWS access key id" | "AWS secret access key" | "private key";

// Source: IAM User Guide, "Understanding unique ID prefixes". AROA, AIDA and the like name roles and users: no secret.
const keyId = /A(?:3T[A-Z0-9]|KIA|SIA|BIA|CCA)[A-Z0-9]{16}/g;
const keyIdLength = 20;
const secretLength = 40;
/** How far from an access key id its secret is looked for, in characters. */
const reach = 256;
const nameReach = 64;

const tellingName = /secret.{0,20}key|(?:aws|s3).{0,10}secret|secret.{0,3}access/i;
const tellingBefore = /(?:secret[^\n]{0,20}key|(?:aws|s3)[^\n]{0,10}secret|secret[^\n]{0,3}access)[^\n]{0,24}$/i;
const privateKey = /-----BEGIN (?:[A-Z0-9]{1,16} ){0,3}PRIVATE KEY(?: BLOCK)?-----/g;
const keyMaterial = /^(?:\s|\\[nr])*[A-Za-z0-9+/]{16}/;

/** Whether a property, a variable or a parameter of this name holds a secret access key, if it holds a credential. */
export function isTelling(name: string): boolean {
  return tellingName.test(name);
}

/**
 * The kinds of credential in a text, in time linear in its length. AWS's documentation examples and placeholders
 * (`AKIAXXXXXXXXXXXXXXXX`) open nothing and do not count.
 *
 * @param expected a secret access key is likely here: the name says so, or an access key id stands beside it
 */
export function credentialsIn(text: string, expected: "named" | "near" | "no" = "no"): Set<Kind> {
  const kinds = new Set<Kind>();
  if (text.length < keyIdLength) return kinds;
  const ids = keyIdsIn(text);
  if (ids.length > 0) kinds.add("AWS access key id");
  if (hasPrivateKey(text)) kinds.add("private key");
  let id = 0;
  forEachRun(text, secretLength, (from, to) => {
    if (to - from !== secretLength || kinds.has("AWS secret access key")) return;
    while (id < ids.length && (ids[id] ?? 0) < from - reach) id++;
    const near = expected === "near" || Math.abs((ids[id] ?? Infinity) - from) <= reach;
    const named = expected === "named" || tellingBefore.test(text.slice(Math.max(0, from - nameReach), from));
    if ((near || named) && looksRandom(text.slice(from, to), named)) kinds.add("AWS secret access key");
  });
  return kinds;
}

/** Whether there is an access key id in a text. */
export function hasKeyId(text: string): boolean {
  return text.length >= keyIdLength && keyIdsIn(text, 1).length > 0;
}

function keyIdsIn(text: string, atMost = Infinity): number[] {
  const found: number[] = [];
  keyId.lastIndex = 0;
  for (let match = keyId.exec(text); match !== null && found.length < atMost; match = keyId.exec(text)) {
    const { index } = match;
    const whole = !isWordAt(text, index + keyIdLength) && !continues(text, index);
    if (whole && !isPlaceholder(match[0].slice(4))) found.push(index);
    keyId.lastIndex = index + (whole ? keyIdLength : 1);
  }
  return found;
}

/** Whether a word goes on before this place; the letter of an escape (`\n`) is none of it. */
function continues(text: string, at: number): boolean {
  return isWordAt(text, at - 1) && !(text[at - 2] === "\\" && /[nrt]/.test(text[at - 1] ?? ""));
}

function isWordAt(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return isRunCode(code) && code !== 43 && code !== 47;
}

function isPlaceholder(random: string): boolean {
  return random.includes("EXAMPLE") || new Set(random).size < 5;
}

// A secret is 40 characters of base64 at random: about 4.9 bits each. A commit's hash has less than 4, a path little
// more; under a name that says "secret key" far less will do.
function looksRandom(text: string, named: boolean): boolean {
  if (text.includes("EXAMPLE")) return false;
  const bits = entropy(text);
  return named ? bits >= 3 : bits >= 4.1 && /[a-z]/.test(text) && /[A-Z]/.test(text);
}

/** Bits for each character, by how often each occurs. */
export function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const each of text) counts.set(each, (counts.get(each) ?? 0) + 1);
  return [...counts.values()].reduce((sum, count) => sum - (count / text.length) * Math.log2(count / text.length), 0);
}

// A mention of the header, in a script that looks for keys, is no key; an encrypted one is of no use alone.
function hasPrivateKey(text: string): boolean {
  return [...text.matchAll(privateKey)].some((match) => {
    const after = match.index + match[0].length;
    return !match[0].includes("ENCRYPTED") && keyMaterial.test(text.slice(after, after + 64));
  });
}

/** Whether there is a run of base64 characters that is at least so long. */
export function hasRun(text: string, atLeast: number): boolean {
  let found = false;
  // What comes after the first one is seen too; texts that have one are few.
  forEachRun(text, atLeast, () => (found = true));
  return found;
}

/** Calls back for every longest run of base64 characters, `=` not counted, that is at least so long. */
export function forEachRun(text: string, atLeast: number, visit: (from: number, to: number) => void): void {
  let from = 0;
  while (from + atLeast <= text.length) {
    // From the far end: one other character there rules out every start before it.
    let at = from + atLeast - 1;
    while (at >= from && isRunCode(text.charCodeAt(at))) at--;
    if (at >= from) {
      from = at + 1;
      continue;
    }
    let to = from + atLeast;
    while (isRunCode(text.charCodeAt(to))) to++;
    visit(from, to);
    from = to + 1;
  }
}

// 0-9, A-Z, a-z, + and /; NaN, beyond the end of a text, is none of them.
function isRunCode(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 47 && code <= 57) || code === 43;
}
