import { type StackResource } from "../policies/types";
import { entries, isUnknown, type Located, property } from "../values";
import { clusters } from "./clusters";
import { idKey, ownKeys, type Reference, reference, typeOf } from "./references";
import { type Rule } from "./rule";

const listTypes = ["aws:ec2/managedPrefixList:ManagedPrefixList", "aws-native:ec2:PrefixList"];
const entryType = "aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry";

/** Every type that declares what a prefix list holds. */
export const prefixListTypes = [...listTypes, entryType];

/** What the prefix lists of a stack hold, by key. */
export type PrefixLists = ReadonlyMap<string, readonly Located[]>;

const isList = (type: string): boolean => listTypes.includes(type);

/** Reads the prefix lists that a stack declares, entries of their own included. */
export function readPrefixLists(resources: readonly StackResource[]): PrefixLists {
  const parts = resources.flatMap((resource): (Reference & { cidrs: Located[] })[] => {
    const { type, name, props } = resource;
    if (isList(type)) return [{ ...ownKeys(resource), cidrs: cidrsOf({ value: props, path: "" }, name) }];
    if (type !== entryType) return [];
    const cidr = property({ value: props, path: "" }, "cidr");
    return [{ ...reference(resource, "prefixListId", isList), cidrs: [{ ...cidr, path: `${name}: cidr` }] }];
  });
  const lists = clusters(parts, ({ keys }) => keys).map((list) => ({
    keys: list.flatMap(({ keys }) => keys),
    cidrs: list.flatMap(({ cidrs }) => cidrs),
  }));
  return new Map(lists.flatMap(({ keys, cidrs }) => keys.map((key) => [key, cidrs] as const)));
}

function cidrsOf(inputs: Located, name: string): Located[] {
  return entries(property(inputs, "entries")).map((entry) => {
    const { value, path } = isUnknown(entry.value) ? entry : property(entry, "cidr");
    return { value, path: `${name}: ${path}` };
  });
}

/** A rule with the blocks of the prefix lists that the stack declares; the others are left as they are. */
export function withPrefixLists(rule: Rule, resource: StackResource, lists: PrefixLists, inline: boolean): Rule {
  const heldBy = (list: Located): readonly Located[] | undefined => {
    if (typeof list.value === "string" && !isUnknown(list.value)) return lists.get(idKey(list.value));
    const input = list.path.split(/[.[]/)[0] ?? "";
    const meant = (resource.propertyDependencies[input] ?? []).filter((urn) => isList(typeOf(urn)));
    // Of several lists in the rules of one group it is not known which rule has which.
    const held = inline && meant.length > 1 ? [] : meant.map((urn) => lists.get(urn));
    return held.length > 0 && held.every((each) => each !== undefined) ? held.flat() : undefined;
  };
  const read = rule.prefixLists.map((list) => ({ list, held: heldBy(list) }));
  return {
    ...rule,
    cidrs: [...rule.cidrs, ...read.flatMap(({ held }) => held ?? [])],
    prefixLists: read.filter(({ held }) => held === undefined).map(({ list }) => list),
  };
}
