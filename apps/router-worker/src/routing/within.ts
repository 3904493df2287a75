/** Rejects when `work` takes longer than `ms`; its signal is aborted then. */
export async function within<T>(ms: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const giveUp = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`not within ${Math.round(ms)} ms`));
      giveUp.abort();
    }, ms).unref();
  });
  return Promise.race([work(giveUp.signal), late]).finally(() => clearTimeout(timer));
}
