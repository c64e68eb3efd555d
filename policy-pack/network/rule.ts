import { isUnknown, type Located, word } from "../values";
import { parseCidr, type Range } from "./cidr";

/** What one firewall rule lets in, as far as its inputs are known. */
export interface Rule {
  /** Where the rule stands. */
  readonly path: string;
  /** All of it, where a reader needs more than the rule. */
  readonly at?: Located;
  /** Protocol and ports; `undefined` inputs are read as what AWS makes of an absent one: all. */
  readonly protocol: Located;
  readonly fromPort: Located;
  readonly toPort: Located;
  /** CIDR blocks, each an input of its own. */
  readonly cidrs: readonly Located[];
  readonly prefixLists: readonly Located[];
  /** Another input on which it depends whether this rule lets anything in. */
  readonly gate?: Located;
  /** Rules that are matched first and turn away what they match. */
  readonly deniedBy?: readonly Rule[];
}

/** Yes, no, or known only during the update. */
export type Tristate = "yes" | "no" | "unknown";

const tcp = new Set(["tcp", "6", "-1", "all", "any", ""]);
// Names the EC2 API or its providers accept beside numbers. Anything else is read as TCP: better one report too many.
const others = new Set(["udp", "icmp", "icmpv6", "icmp6", "ipv6-icmp", "gre", "esp", "ah", "sctp", "udplite", "ipip"]);
const everyProtocol = new Set(["-1", "all", "any", ""]);

/** Whether the rule lets TCP connections to this port in. */
export function opensPort(rule: Rule, port: number): Tristate {
  const protocol = isUnknown(rule.protocol.value) ? undefined : protocolOf(rule.protocol.value);
  if (protocol !== undefined && (others.has(protocol) || (/^\d+$/.test(protocol) && !tcp.has(protocol)))) {
    return "no";
  }
  if (protocol !== undefined && everyProtocol.has(protocol)) {
    return "yes";
  }
  const ends = [rule.fromPort, rule.toPort];
  if (ends.some(({ value }) => isUnknown(value))) {
    return "unknown";
  }
  const [from, to] = ends.map(({ value }) => portNumber(value));
  // Without ports, or with -1, AWS lets all through or refuses the rule.
  const every = from === undefined || to === undefined || from < 0 || to < 0;
  const inside = every || (Math.min(from, to) <= port && port <= Math.max(from, to));
  // `all` ignores the ports, so that an unknown protocol can open one that is not listed.
  return protocol === undefined ? "unknown" : inside ? "yes" : "no";
}

// "06" is 6 to whoever reads a number.
function protocolOf(value: unknown): string {
  const text = word(value);
  return /^[+-]?\d+$/.test(text) ? String(Number(text)) : text;
}

/** What is wrong or missing in a rule's addresses. */
export interface Sources {
  readonly ranges: readonly Range[];
  readonly unknown: readonly Located[];
  readonly invalid: readonly Located[];
}

/** Reads a rule's CIDR blocks; a text with several, separated by commas or blanks, counts as several. */
export function readSources({ cidrs }: Rule): Sources {
  const unknown = cidrs.filter(({ value }) => isUnknown(value));
  const known = cidrs.filter(({ value }) => !isUnknown(value));
  const parts = known.flatMap(({ value, path }) =>
    texts(value).map((text) => ({ range: parseCidr(text), value, path })),
  );
  return {
    unknown,
    ranges: parts.flatMap(({ range }) => range ?? []),
    invalid: parts.filter(({ range }) => range === undefined),
  };
}

function texts(value: unknown): string[] {
  if (typeof value !== "string") return [""];
  const found = value.split(/[\s,]+/).filter((text) => text !== "");
  return found.length > 0 || value.length === 0 ? found : [value];
}

function portNumber(value: unknown): number | undefined {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : undefined;
}
