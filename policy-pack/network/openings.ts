import { isUnknown, type Located } from "../values";
import { formatRange, type Range } from "./cidr";
import { shareOfInternet } from "./internet";
import { subtract, union } from "./ranges";
import { opensPort, readSources, type Rule, type Sources } from "./rule";

/** What counts as open to the internet. */
export interface Limits {
  /** TCP ports nobody on the internet may reach. */
  readonly ports: readonly number[];
  /** Share of the public internet, from 0 to 1, from which on a port counts as open. */
  readonly internetShare: number;
  /** Blocks that do not count, such as a company's own. */
  readonly allowed: readonly Range[];
  /** Managed prefix lists that have been looked into. */
  readonly allowedPrefixLists: readonly string[];
}

/** Something about the rules of one resource that is to be reported. */
export type Opening =
  /** These ports are open, from these addresses. */
  | { kind: "open"; ports: number[]; paths: string[]; ranges: Range[]; share: number }
  /** These ports may be open: these inputs are not known. */
  | { kind: "unknown"; ports: number[]; inputs: string[] }
  /** These ports are open to a prefix list nobody has looked into. */
  | { kind: "prefix-list"; ports: number[]; paths: string[] }
  /** These inputs are no CIDR blocks. */
  | { kind: "invalid"; paths: string[] };

interface Reach {
  readonly rule: Rule;
  readonly port: number;
  readonly opens: "yes" | "unknown";
  readonly sources: Sources;
}

/**
 * Finds the ports that the rules of one resource open to the internet, all rules taken together: two halves of the
 * internet in two rules are the internet.
 */
export function findOpenings(rules: readonly Rule[], limits: Limits): Opening[] {
  const sources = new Map(rules.map((rule) => [rule, readSources(rule)]));
  const reaches = rules.flatMap((rule) =>
    limits.ports.flatMap((port): Reach[] => {
      const opens = rule.gate !== undefined && isUnknown(rule.gate.value) ? "unknown" : opensPort(rule, port);
      return opens === "no" ? [] : [{ rule, port, opens, sources: withoutDenied(sources.get(rule)!, rule, port) }];
    }),
  );
  const perPort = limits.ports.flatMap((port) =>
    ofPort(
      reaches.filter((reach) => reach.port === port),
      port,
      limits,
    ),
  );
  return [...perPort.reduce(mergePorts, []), ...invalid(reaches)];
}

function ofPort(reaches: readonly Reach[], port: number, limits: Limits): Opening[] {
  const counted = (each: readonly Reach[]): Range[] =>
    subtract(
      each.flatMap(({ sources }) => sources.ranges),
      limits.allowed,
    );
  const isOpen = (ranges: readonly Range[]): boolean =>
    ranges.length > 0 && shareOfInternet(ranges) >= limits.internetShare;
  const sure = reaches.filter(({ opens }) => opens === "yes");
  const ranges = counted(sure);
  const lists = prefixLists(sure, port, limits);
  if (isOpen(ranges)) {
    const from = sure.filter((reach) => shareOfInternet(counted([reach])) > 0);
    const whole = from.filter((reach) => isOpen(counted([reach])));
    const paths = (whole.length > 0 ? whole : from).map(({ rule }) => rule.path);
    return [
      { kind: "open", ports: [port], paths, ranges: union(publicOf(ranges)), share: shareOfInternet(ranges) },
      ...lists,
    ];
  }
  const openSources = reaches.some(({ sources }) => sources.unknown.length > 0);
  if (!openSources && !isOpen(counted(reaches))) {
    return lists;
  }
  return [{ kind: "unknown", ports: [port], inputs: unknownInputs(reaches) }, ...lists];
}

function publicOf(ranges: readonly Range[]): Range[] {
  return ranges.filter((range) => shareOfInternet([range]) > 0);
}

/** What is left of a rule's addresses after the rules that deny them first, as far as those are certain. */
function withoutDenied(sources: Sources, { deniedBy = [] }: Rule, port: number): Sources {
  const denied = deniedBy.filter((rule) => opensPort(rule, port) === "yes").flatMap((rule) => readSources(rule).ranges);
  return denied.length === 0 ? sources : { ...sources, ranges: subtract(sources.ranges, denied) };
}

function unknownInputs(reaches: readonly Reach[]): string[] {
  const of = ({ rule, sources, opens }: Reach): Located[] => {
    const shape = opens === "unknown" ? [rule.gate, rule.protocol, rule.fromPort, rule.toPort] : [];
    return [...shape.filter((each) => each !== undefined && isUnknown(each.value)), ...sources.unknown] as Located[];
  };
  return [...new Set(reaches.flatMap(of).map(({ path }) => path))];
}

function prefixLists(reaches: readonly Reach[], port: number, { allowedPrefixLists }: Limits): Opening[] {
  const strange = ({ value }: Located): boolean =>
    value !== undefined && !allowedPrefixLists.some((each) => each === value);
  const paths = reaches.flatMap(({ rule }) => rule.prefixLists.filter(strange).map(({ path }) => path));
  return paths.length === 0 ? [] : [{ kind: "prefix-list", ports: [port], paths }];
}

function invalid(reaches: readonly Reach[]): Opening[] {
  const paths = [...new Set(reaches.flatMap(({ sources }) => sources.invalid.map(({ path }) => path)))];
  return paths.length === 0 ? [] : [{ kind: "invalid", paths }];
}

/** One line for several ports that are open in the same way. */
function mergePorts(merged: Opening[], next: Opening): Opening[] {
  const signature = (each: Opening): string =>
    JSON.stringify({ ...each, ports: [], ranges: "ranges" in each ? union(each.ranges).map(formatRange) : [] });
  const same = merged.find((each) => signature(each) === signature(next));
  if (same !== undefined && "ports" in same && "ports" in next) {
    same.ports.push(...next.ports);
    return merged;
  }
  return [...merged, next];
}
