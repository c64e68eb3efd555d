export interface PoolOptions<Result> {
  /** How many at a time. */
  concurrency: number;
  /** Whether more may be started after this one; what is under way is finished in any case. */
  goOn: (result: Result) => boolean;
  signal?: AbortSignal;
}

/**
 * Works on all items, so many at a time, in their order.
 *
 * @param work must not throw: what went wrong is a result
 * @returns results in the order of the items; undefined for those not started
 */
export async function runPool<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
  { concurrency, goOn, signal }: PoolOptions<Result>,
): Promise<(Result | undefined)[]> {
  const results: (Result | undefined)[] = items.map(() => undefined);
  let next = 0;
  let stopped = false;
  const worker = async () => {
    while (!stopped && !signal?.aborted && next < items.length) {
      const index = next;
      next += 1;
      const result = await work(items[index]!);
      results[index] = result;
      stopped ||= !goOn(result);
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, Math.min(concurrency, items.length)) }, worker));
  return results;
}
