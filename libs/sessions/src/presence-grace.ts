import type { PresenceStatus } from '@parley/contracts';
import type { Leave } from './presence-marks.js';
import type { SessionAddress } from './session-registry.js';

/** A status, and for how long it holds by itself in milliseconds; null: until something happens. */
export interface Standing {
  status: PresenceStatus;
  holdsForMs: number | null;
}

/** How long a session that has ended still counts: who comes back within that time was never gone. */
export class PresenceGrace {
  constructor(readonly ms: number) {}

  /** What a user's sessions make of the user: online if any is, away if all are, offline without any. */
  standing(sessions: readonly SessionAddress[], leave: Leave | undefined): Standing {
    if (sessions.some(({ away }) => !away)) return { status: 'online', holdsForMs: null };
    const online = this.left(leave?.sinceOnlineMs);
    if (online > 0) return { status: 'online', holdsForMs: online };
    if (sessions.length > 0) return { status: 'away', holdsForMs: null };
    const away = this.left(leave?.sinceMs);
    return away > 0 ? { status: 'away', holdsForMs: away } : { status: 'offline', holdsForMs: null };
  }

  /** What is left of it, in milliseconds. */
  private left(sinceMs: number | null | undefined): number {
    return this.ms - (sinceMs ?? Number.POSITIVE_INFINITY);
  }
}
