/** The word of a list that somebody most likely meant; undefined where none is near. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const wanted = word.toLowerCase();
  const [begun, ...others] = known.filter((each) => wanted.length > 2 && each.toLowerCase().startsWith(wanted));
  if (begun !== undefined && others.length === 0) {
    return begun;
  }
  const [best] = known
    .map((each) => ({ each, steps: distance(wanted, each.toLowerCase()) }))
    // One wrong letter in three at most.
    .filter(({ each, steps }) => steps <= Math.max(1, Math.floor(Math.min(each.length, word.length) / 3)))
    .sort((a, b) => a.steps - b.steps);
  return best?.each;
}

/** Letters to add, take away, change, or swap with the next one. Source: Damerau, optimal string alignment. */
function distance(a: string, b: string): number {
  // A long word is near to none, and would take long to compare.
  if (Math.abs(a.length - b.length) > 20) {
    return Infinity;
  }
  const rows = [Array.from({ length: b.length + 1 }, (_, index) => index)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      const swap =
        i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? rows[i - 2]![j - 2]! + 1 : Infinity;
      row.push(Math.min(rows[i - 1]![j]! + 1, row[j - 1]! + 1, rows[i - 1]![j - 1]! + change, swap));
    }
    rows.push(row);
  }
  return rows[a.length]![b.length]!;
}
