import { collectDefaultMetrics, Registry } from 'prom-client';

/**
 * The metrics of this process. Instruments are constants of their files, like loggers are: a process has one of each, and
 * what observes something need not be handed a thing to observe it with.
 */
export const processRegistry = new Registry();

let isWatchingNode = false;

/** From now on also what Node tells of itself: memory, event loop, garbage collection. It costs timers, so not unasked. */
export function watchNode(): void {
  if (isWatchingNode) return;
  isWatchingNode = true;
  collectDefaultMetrics({ register: processRegistry });
}
