import { Logger } from '@nestjs/common';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { InMemoryWorkerLeases } from './embedded/in-memory-worker-leases.js';
import { IdSource } from './id-source.js';
import { decode } from './snowflake-id.js';
import { ManualClock, ReachableLeases } from './testing/index.js';

const MINUTE = 60_000;
const SLOTS = 2;

interface Process {
  clock: ManualClock;
  leases: ReachableLeases;
  ids: IdSource;
  number: number;
}

/** The ids that one holder of a worker id gave under one lease. */
interface Span {
  worker: number;
  first: bigint;
  last: bigint;
}

type Kind = 'start' | 'stop' | 'kill' | 'cut off or reconnect' | 'sleep' | 'pass';

/** `ms`: the error of the wall clock at a start, otherwise how long it takes; `slot`: which process. */
const anEvent = (kind: Kind, minMs = 0, maxMs = 0) =>
  fc.record({ kind: fc.constant(kind), slot: fc.nat(SLOTS - 1), ms: fc.integer({ min: minMs, max: maxMs }) });

const events = fc.array(
  fc.oneof(
    anEvent('start', -60 * MINUTE, 60 * MINUTE),
    anEvent('stop'),
    anEvent('kill'),
    anEvent('cut off or reconnect'),
    anEvent('sleep', 0, 15 * MINUTE),
    anEvent('pass', 0, 15 * MINUTE),
  ),
  { minLength: 10, maxLength: 40 },
);
type Event = typeof events extends fc.Arbitrary<(infer E)[]> ? E : never;

/** Processes that share one store of leases and nothing else. */
class Fleet {
  private readonly storeClock = new ManualClock();
  private readonly store = new InMemoryWorkerLeases(this.storeClock);
  private readonly processes: (Process | undefined)[] = [];
  private readonly spans = new Map<string, Span>();
  private started = 0;

  async happens({ kind, slot, ms }: Event): Promise<void> {
    const process = this.processes[slot];
    if (kind === 'start' && !process) this.processes[slot] = await this.start(ms);
    if (kind === 'cut off or reconnect' && process) process.leases.isDown = !process.leases.isDown;
    if (kind === 'stop' || kind === 'kill') {
      if (process && kind === 'kill') process.leases.isDown = true;
      await process?.ids.stop();
      this.processes[slot] = undefined;
    }
    if (kind === 'pass') await this.pass(ms);
    if (kind === 'sleep') await this.pass(ms, process);
    this.issue();
  }

  spansByWorker(): Map<number, Span[]> {
    const byWorker = new Map<number, Span[]>();
    for (const span of this.spans.values()) byWorker.set(span.worker, [...(byWorker.get(span.worker) ?? []), span]);
    return byWorker;
  }

  private async start(wallErrorMs: number): Promise<Process> {
    const clock = new ManualClock(this.storeClock.wallMs() + wallErrorMs);
    const leases = new ReachableLeases(this.store);
    const ids = new IdSource(leases, clock);
    await ids.start();
    this.started += 1;
    return { clock, leases, ids, number: this.started };
  }

  /** Time passes for the store and all processes but one: that machine sleeps, its clock stands still. */
  private async pass(ms: number, asleep?: Process): Promise<void> {
    const wasDown = asleep?.leases.isDown ?? false;
    if (asleep) asleep.leases.isDown = true;
    for (let left = ms; left > 0; left -= MINUTE) {
      const step = Math.min(left, MINUTE);
      for (const process of this.processes) if (process !== asleep) process?.clock.advance(step);
      this.storeClock.advance(step);
      await vi.advanceTimersByTimeAsync(step);
      this.issue();
    }
    if (asleep) asleep.leases.isDown = wasDown;
  }

  /** Every process that can gives an id. */
  private issue(): void {
    for (const process of this.processes) {
      if (!process?.ids.ready()) continue;
      const id = process.ids.next();
      const lease = process.leases.calls.filter((call) => call === 'acquire').length;
      const key = `process ${process.number}, lease ${lease}`;
      this.spans.set(key, { worker: decode(id).worker, first: this.spans.get(key)?.first ?? id, last: id });
    }
  }
}

beforeEach(() => {
  vi.useFakeTimers();
  Logger.overrideLogger(false);
});
afterEach(() => vi.useRealTimers());

it('holders of a worker id follow each other in id time, however they end and whatever their clocks say', async () => {
  await fc.assert(
    fc.asyncProperty(events, async (history) => {
      const fleet = new Fleet();
      for (const event of history) await fleet.happens(event);
      vi.clearAllTimers();

      for (const spans of fleet.spansByWorker().values()) {
        spans.sort((a, b) => (a.first < b.first ? -1 : 1));
        expect(spans.every(({ first }, i) => i === 0 || first > spans[i - 1].last)).toBe(true);
      }
    }),
    { numRuns: 500 },
  );
}, 30_000);
