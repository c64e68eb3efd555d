const DAY_MS = 24 * 60 * 60 * 1000;
/** Less does not make anything usual: a weekend may lie between. */
const SHORTEST_MS = 3 * DAY_MS;

/**
 * When what an identity does has become usual: when something is suspected, else after the first third of the time it was
 * seen at work. Undefined where there is nothing to compare with. Times are milliseconds since 1970.
 *
 * @param since since when something is suspected
 * @param first time of its first event: a window may begin long before
 * @param to end of the window
 */
export function usualBy({ since, first, to }: { since?: Date; first: number; to: number }): number | undefined {
  if (since !== undefined) {
    return since.getTime() > first ? since.getTime() : undefined;
  }
  return to - first >= SHORTEST_MS ? first + (to - first) / 3 : undefined;
}
