import { setTimeout as passed } from 'node:timers/promises';
import type { AppProcess } from '@parley/harness';

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;
/** What has run for so long dies of something new: the waits begin anew. */
const HEALTHY_AFTER_MS = 60_000;
const SHOWN_LINES = 5;

export type Supervised = Pick<AppProcess, 'name' | 'pid' | 'output' | 'start' | 'ended'>;

export interface SupervisorOptions {
  /** Aborted when the cluster stops: no end is a death from then on. */
  stopping: AbortSignal;
  say: (line: string) => void;
  /** Monotonic milliseconds. */
  now?: () => number;
  wait?: (ms: number) => Promise<unknown>;
}

/**
 * Reports each death of a running process and starts it again: after 0.5 s, after twice the last wait where it dies again
 * soon, after 15 s at most. Resolves when the cluster stops.
 */
export async function supervise(process: Supervised, options: SupervisorOptions): Promise<void> {
  const { stopping, say, now = () => performance.now() } = options;
  const wait = options.wait ?? ((ms: number) => passed(ms, undefined, { signal: stopping }).catch(() => undefined));
  let waitMs = FIRST_WAIT_MS;
  for (;;) {
    const startedAt = now();
    const { code, signal } = await process.ended();
    if (stopping.aborted) return;
    if (now() - startedAt >= HEALTHY_AFTER_MS) waitMs = FIRST_WAIT_MS;
    say(`${process.name} ended with ${signal ?? code}; it is started again in ${waitMs / 1_000} s`);
    for (const line of process.output.lines.slice(-SHOWN_LINES)) say(`  ${line}`);
    await wait(waitMs);
    if (stopping.aborted) return;
    waitMs = Math.min(2 * waitMs, LONGEST_WAIT_MS);
    // One that fails has ended: the next turn says so.
    await process.start().then(
      () => say(`${process.name} is ready again (pid ${process.pid})`),
      () => undefined,
    );
  }
}
