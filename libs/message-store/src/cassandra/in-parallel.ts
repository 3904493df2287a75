/**
 * Runs `work` on each item, at most `limit` at a time; resolves to the results in the items' order. Rejects with the first
 * error and begins nothing after it; what is under way is left to end by itself.
 */
export async function inParallel<T, R>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const waiting = items.entries();
  let hasFailed = false;
  const drain = async () => {
    for (const [index, item] of waiting) {
      if (hasFailed) return;
      results[index] = await work(item);
    }
  };
  const drains = Array.from({ length: Math.min(limit, items.length) }, drain);
  try {
    await Promise.all(drains);
  } catch (error) {
    hasFailed = true;
    throw error;
  }
  return results;
}

/** Cuts a list into pieces of at most `size`. */
export function chunksOf<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
