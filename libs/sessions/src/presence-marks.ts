import type { Availability } from '@parley/contracts';

/** When sessions of a user ended last. Times since then are by one clock for the whole fleet. */
export interface Leave {
  /** Milliseconds since any session ended. */
  sinceMs: number;
  /** Milliseconds since one ended that was not away; null where none is known. */
  sinceOnlineMs: number | null;
  /** When any session ended, in milliseconds since 1970. */
  at: number;
}

/** Marks that nobody has renewed for this long are forgotten. */
export const MARKS_FOR_MS = 30 * 24 * 3_600_000;

/**
 * What is known of users' presence beside the {@link SessionRegistry}: who is connected stands there, who left and when
 * stands here. Marks may vanish at any time; whoever reads has to do with less then.
 *
 * A mark that resolved is seen by every reading that starts later. Every method rejects when the engine does not answer.
 */
export abstract class PresenceMarks {
  /** A session of the user ends now, as what it was. Only the latest of each kind counts. */
  abstract noteLeave(userId: string, as: Availability): Promise<void>;

  /** Users of whom nothing is known are absent. */
  abstract leavesOf(userIds: readonly string[]): Promise<Map<string, Leave>>;
}
