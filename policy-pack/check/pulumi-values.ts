import { isTree, type Tree, unknownString } from "../values";

// How Pulumi marks a value that is no plain JSON. Source: pulumi SDK, runtime/rpc.
const signature = "4dabf18193072939515e22adb298388d";
const secret = "1b47061264138c4ac30d75fd1eb44270";
const output = "d0e6a833031e9bbcd3f4e8bde6ca49a4";

// What a plan and `pulumi preview --json` write in the place of what they do not show.
const shownSecret = "[secret]";
const shownUnknown = "[known after up]";

/** Inputs as a policy reads them, and how many values of them are hidden from it. */
export interface Revealed {
  readonly props: Tree;
  readonly hidden: number;
}

/**
 * The inputs of a state, a preview or a plan as the engine would hand them over: a secret that is in clear is its value,
 * one that is not is a value nobody knows yet.
 */
export function reveal(inputs: unknown): Revealed {
  const count = { hidden: 0 };
  const props = revealed(inputs, count, 0);
  return { props: isTree(props) ? props : {}, hidden: count.hidden };
}

// Pulumi's own limit for nesting is far below; a state deeper than that was made by hand.
const deepest = 500;

function revealed(value: unknown, count: { hidden: number }, depth: number): unknown {
  if (typeof value === "string") {
    if (value === shownSecret) return hide(count);
    return value.includes(shownUnknown) ? value.replaceAll(shownUnknown, unknownString) : value;
  }
  if (depth > deepest) return hide(count);
  if (Array.isArray(value)) return value.map((each) => revealed(each, count, depth + 1));
  if (!isTree(value)) return value;
  switch (value[signature]) {
    case secret:
      return revealed(clear(value), count, depth + 1);
    case output:
      return "value" in value ? revealed(value["value"], count, depth + 1) : unknownString;
    default:
      return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, revealed(each, count, depth + 1)]));
  }
}

/** What a secret holds: `plaintext` is JSON, `ciphertext` is nothing one can read. */
function clear(marked: Tree): unknown {
  const { plaintext } = marked;
  if (typeof plaintext === "string") {
    try {
      return JSON.parse(plaintext) as unknown;
    } catch {
      return plaintext;
    }
  }
  return "value" in marked ? marked["value"] : shownSecret;
}

function hide(count: { hidden: number }): string {
  count.hidden += 1;
  return unknownString;
}
