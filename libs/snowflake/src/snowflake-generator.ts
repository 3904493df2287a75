import type { Clock } from './clock.js';
import { encode, EPOCH_MS, IDS_PER_MS, LAST_MS } from './snowflake-id.js';

/**
 * How far id time may run ahead of the clock, in milliseconds. A full millisecond borrows the next one, so a burst need
 * not wait; 100 ms are room for 409,600 ids. Beyond it the generator refuses, so that a clock that has stopped is seen.
 */
export const MAX_AHEAD_MS = 100;

export interface Issued {
  readonly ok: true;
  readonly id: bigint;
}

/**
 * - `lease_lapsed`: id time has reached the end of what was reserved. A renewal ends it.
 * - `ahead_of_clock`: id time is MAX_AHEAD_MS ahead, by too many ids or a clock that stands still. Time ends it.
 * - `time_exhausted`: the 41 bits are used up. Nothing ends it.
 */
export interface Refused {
  readonly ok: false;
  readonly reason: 'lease_lapsed' | 'ahead_of_clock' | 'time_exhausted';
}

/**
 * Gives ids of one worker, strictly increasing, without waiting and without input or output.
 *
 * Id time is the wall clock at the start, later than anything that an earlier holder of the worker id has used, plus what
 * the monotonic clock has counted since. The wall clock is never asked again, so its steps never reach an id.
 *
 * No id lies after the reserved time. A reservation is stored with the lease before it is used here, and the next holder
 * starts after it: that alone makes ids unique over processes, whatever their clocks do. Clocks decide only how soon
 * ids run out.
 */
export class SnowflakeGenerator {
  private readonly startMs: number;
  private readonly startedAtMonotonicMs: number;
  private elapsedMs = 0;
  private timeMs: number;
  private sequence = IDS_PER_MS - 1;
  private reservedMs = 0;

  /**
   * @param worker 0 to 1023, leased to this generator alone.
   * @param lastTimeMs no earlier id of this worker lies after it, in milliseconds since 1970.
   */
  constructor(
    private readonly clock: Clock,
    readonly worker: number,
    lastTimeMs: number,
  ) {
    this.startedAtMonotonicMs = clock.monotonicMs();
    this.startMs = Math.max(Math.floor(clock.wallMs()), lastTimeMs + 1, EPOCH_MS + 1);
    // As if the millisecond before the start were full: the first id begins a new one.
    this.timeMs = this.startMs - 1;
  }

  /** Id time at this moment, in milliseconds since 1970. It never falls, even if the monotonic clock should. */
  nowMs(): number {
    this.elapsedMs = Math.max(this.elapsedMs, Math.floor(this.clock.monotonicMs() - this.startedAtMonotonicMs));
    return this.startMs + this.elapsedMs;
  }

  /** The time of the latest id, in milliseconds since 1970; before the first id a time that none of its ids has. */
  get lastTimeMs(): number {
    return this.timeMs;
  }

  /** Allows ids up to and including `timeMs`, which must have been stored with the lease. A reservation never shrinks. */
  reserveUntil(timeMs: number): void {
    this.reservedMs = Math.max(this.reservedMs, timeMs);
  }

  /** Why `next` would refuse, or undefined when it would give an id. Changes nothing. */
  refusal(): Refused | undefined {
    const nowMs = this.nowMs();
    return this.check(this.nextTimeMs(nowMs), nowMs);
  }

  next(): Issued | Refused {
    const nowMs = this.nowMs();
    const timeMs = this.nextTimeMs(nowMs);
    const refused = this.check(timeMs, nowMs);
    if (refused) return refused;

    this.sequence = timeMs === this.timeMs ? this.sequence + 1 : 0;
    this.timeMs = timeMs;
    return { ok: true, id: encode({ timestampMs: timeMs, worker: this.worker, sequence: this.sequence }) };
  }

  /** Now, or the millisecond of the latest id while that is ahead, or the one after it when it is full. */
  private nextTimeMs(nowMs: number): number {
    const isFull = this.sequence === IDS_PER_MS - 1;
    return Math.max(nowMs, isFull ? this.timeMs + 1 : this.timeMs);
  }

  private check(timeMs: number, nowMs: number): Refused | undefined {
    if (timeMs > LAST_MS) return { ok: false, reason: 'time_exhausted' };
    if (timeMs > this.reservedMs) return { ok: false, reason: 'lease_lapsed' };
    if (timeMs > nowMs + MAX_AHEAD_MS) return { ok: false, reason: 'ahead_of_clock' };
    return undefined;
  }
}
