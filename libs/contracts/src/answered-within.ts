import { EngineUnavailable, type Engine } from './engine-unavailable.js';

/**
 * The engine's answer, if it comes within `ms` milliseconds; one that takes longer counts as unavailable. The call itself
 * goes on: whether a late one takes effect is unknown. Without any time left it is not made at all.
 */
export async function answeredWithin<T>(
  ms: number,
  { engine, operation }: { engine: Engine; operation: string },
  call: () => Promise<T>,
): Promise<T> {
  if (ms <= 0) throw new EngineUnavailable(engine, operation, 'no time was left to ask');
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new EngineUnavailable(engine, operation, `no answer within ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([call(), late]);
  } finally {
    clearTimeout(timer);
  }
}
