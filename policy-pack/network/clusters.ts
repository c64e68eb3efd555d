/** Gathers what shares a key, directly or through others, in the order in which it comes. */
export function clusters<T>(members: readonly T[], keysOf: (member: T) => readonly string[]): T[][] {
  const byKey = new Map<string, T[]>();
  const all = new Set<T[]>();
  for (const member of members) {
    const keys = keysOf(member);
    const [home = [], ...others] = new Set(found(byKey, keys));
    home.push(member);
    all.add(home);
    for (const other of others) {
      home.push(...other);
      all.delete(other);
      other.flatMap(keysOf).forEach((key) => byKey.set(key, home));
    }
    keys.forEach((key) => byKey.set(key, home));
  }
  return [...all];
}

function found<T>(byKey: ReadonlyMap<string, T[]>, keys: readonly string[]): T[][] {
  return keys.flatMap((key) => {
    const cluster = byKey.get(key);
    return cluster === undefined ? [] : [cluster];
  });
}
