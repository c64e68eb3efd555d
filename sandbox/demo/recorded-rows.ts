import { type Recorded } from "../../engine/program-provider";

/** One line for all resources of a type of which the same could not be told to the emulator. */
export function recordedRows(recorded: readonly Recorded[]): string[] {
  const groups = new Map<string, { type: string; reason: string; urns: Set<string>; properties: Set<string> }>();
  for (const { urn, type, property, reason } of recorded) {
    const key = `${type} ${reason}`;
    const group = groups.get(key) ?? { type, reason, urns: new Set(), properties: new Set() };
    group.urns.add(urn);
    group.properties.add(property);
    groups.set(key, group);
  }
  return [...groups.values()]
    .map(({ type, reason, urns, properties }) => {
      const what = `${type.split(":").at(-1)} (${[...properties].sort().join(", ")})`;
      return `${urns.size > 1 ? `${urns.size} x ` : ""}${what}: ${reason}`;
    })
    .sort();
}
