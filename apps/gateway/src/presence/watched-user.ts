import type { PresenceReading } from '@parley/sessions';
import type { Session } from '../connections/session.js';
import type { StandingLease } from './standing-leases.js';

/** What watchers see of a user. */
export type Shown = Pick<PresenceReading, 'status' | 'lastSeenAt'>;

/** A change that watchers are to see. */
export interface Edge {
  shown: Shown;
  /** When it came about, in milliseconds of the monotonic clock: going offline lies a grace back when it is seen. */
  since: number;
}

/** What a reading leads to: a change now, or another look at a time of the monotonic clock. */
export interface Finding {
  edge: Edge | null;
  lookAgainAt: number | null;
}

/**
 * A user whom sessions of this gateway watch: one state for all of them, so that each change is found once. Two rules
 * keep it calm. Nobody goes offline before the grace is over since the user was there last: by the leave that was
 * marked, or, where a gateway vanished, since its lease was last known to live. And a change that came about within the
 * grace of the one before waits for the end of it: what is true by then is shown, which may be nothing new. Pure but
 * for its own state: times are given.
 */
export class WatchedUser {
  readonly watchers = new Set<Session>();
  standsOn: StandingLease[] = [];
  /** Null until the first reading. */
  shown: Shown | null = null;
  private changedAt = Number.NEGATIVE_INFINITY;
  /** When a session was last known, once none is. */
  private presentAt = Number.NEGATIVE_INFINITY;
  /** When a reading last found one. */
  private foundAt = Number.NEGATIVE_INFINITY;

  constructor(
    readonly userId: string,
    private readonly graceMs: number,
  ) {}

  /**
   * Takes a reading that was asked for at `at`. `wallMs`: the wall clock's milliseconds since 1970 at that time. Shows
   * nothing by itself: an edge comes again until it is shown.
   */
  take(reading: PresenceReading, at: number, wallMs: number): Finding {
    const present = this.standsOn.map(({ aliveAt }) => aliveAt);
    this.presentAt = Math.max(this.presentAt, ...present);
    const { status, holdsForMs } = reading;
    const holdsUntil = holdsForMs === null ? null : at + holdsForMs;
    if (reading.sessions.length > 0) this.foundAt = at;
    if (status === this.shown?.status) {
      // Somebody who came and went unnoticed was seen later than is shown.
      this.shown = { status, lastSeenAt: later(this.shown.lastSeenAt, reading.lastSeenAt) };
      return { edge: null, lookAgainAt: holdsUntil };
    }
    if (status !== 'offline') return this.change({ shown: { status, lastSeenAt: null }, since: at }, at, holdsUntil);
    const leftAt = reading.leftMs === null ? Number.NEGATIVE_INFINITY : at - reading.leftMs;
    const since = Math.max(leftAt, this.presentAt);
    // Somebody who was offline at the first look was not seen going.
    if (this.shown && at < since + this.graceMs) return { edge: null, lookAgainAt: since + this.graceMs };
    const seenAt = Number.isFinite(this.presentAt) ? wallMs - (at - this.presentAt) : null;
    // A leave since then tells it exactly; without one the gateway has vanished.
    const lastSeenAt = leftAt < this.foundAt ? later(seenAt, reading.lastSeenAt) : reading.lastSeenAt;
    return this.change({ shown: { status, lastSeenAt }, since }, at, null);
  }

  /** The edge is what watchers see now. */
  show({ shown, since }: Edge): void {
    this.shown = shown;
    this.changedAt = since;
  }

  private change(edge: Edge, at: number, holdsUntil: number | null): Finding {
    if (!this.shown) {
      this.shown = edge.shown;
      return { edge: null, lookAgainAt: holdsUntil };
    }
    const calmUntil = this.changedAt + this.graceMs;
    return at < calmUntil ? { edge: null, lookAgainAt: calmUntil } : { edge, lookAgainAt: holdsUntil };
  }
}

function later(one: number | null, other: number | null): number | null {
  return one === null || other === null ? (one ?? other) : Math.max(one, other);
}
