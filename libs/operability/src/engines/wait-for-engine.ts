import { Logger } from '@nestjs/common';
import type { Effect, Readiness, ReadinessCheck } from '../readiness.js';
import { watchEngine } from './watch-engine.js';

/** Between two attempts, in milliseconds: an engine that comes up is noticed at once, one that is away is not flooded. */
const RETRY_MS = 1_000;
/** Between two lines that say what is being waited for, in milliseconds. */
const TELL_EVERY_MS = 5_000;

export interface EngineToWaitFor<T> {
  /** Its name in readiness and metrics. */
  engine: string;
  /** Where it is, for the log: addresses, no credentials. */
  at: string;
  /** One attempt; it rejects, with the reason, where the engine is not there. Called again until it works. */
  connect: () => Promise<T>;
  /** How the engine is once it is connected, for readiness and metrics. */
  health: (connected: T) => ReadinessCheck;
  effect: Effect;
  readiness: Readiness;
  /** Ends the wait: what is under way then is given up, not closed. */
  signal: AbortSignal;
}

/**
 * Connects to an engine whenever it comes: tries for as long as it takes, says at once and then every 5 s what it waits
 * for and why, and keeps readiness truthful from the first moment on, also after the connection stands. Rejects only with
 * the signal's reason.
 */
export async function waitForEngine<T>(wanted: EngineToWaitFor<T>): Promise<T> {
  const { engine, at, effect, readiness } = wanted;
  const logger = new Logger('Engines');
  let reason = 'no answer yet';
  let isTold = false;
  const removeWaiting = watchEngine(readiness, engine, effect, () => `waiting for ${at}: ${reason}`);
  const tell = () => {
    isTold = true;
    logger.warn(`waiting for ${engine} at ${at}: ${reason}`);
  };
  const telling = setInterval(tell, TELL_EVERY_MS);
  const connected = await untilConnected(wanted, (error) => {
    reason = error instanceof Error ? error.message : String(error);
    if (!isTold) tell();
  }).finally(() => {
    clearInterval(telling);
    removeWaiting();
  });
  watchEngine(readiness, engine, effect, wanted.health(connected));
  if (isTold) logger.log(`${engine} at ${at} is there`);
  return connected;
}

async function untilConnected<T>(wanted: EngineToWaitFor<T>, onFailure: (error: unknown) => void): Promise<T> {
  const { connect, signal } = wanted;
  const aborted = new Promise<never>((_, reject) => {
    const refuse = () => reject(signal.reason as Error);
    if (signal.aborted) refuse();
    else signal.addEventListener('abort', refuse, { once: true });
  });
  for (;;) {
    try {
      return await Promise.race([aborted, connect()]);
    } catch (error) {
      signal.throwIfAborted();
      onFailure(error);
    }
    await Promise.race([aborted, new Promise((resolve) => setTimeout(resolve, RETRY_MS).unref())]);
  }
}
