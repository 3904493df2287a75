import { Injectable, Logger } from '@nestjs/common';
import { answeredWithin, type PresenceView } from '@parley/contracts';
import { ContactDirectory } from '@parley/entities';
import { PresenceGrace, type Standing } from './presence-grace.js';
import { PresenceMarks } from './presence-marks.js';
import { SessionRegistry, type SessionAddress } from './session-registry.js';

const ASK_WITHIN_MS = 2_000;

/** What is known of one user at one moment. */
export interface PresenceReading extends Standing {
  /** Those that count. */
  sessions: readonly SessionAddress[];
  /** Milliseconds since a session of the user ended in order; null where none is known. */
  leftMs: number | null;
  /** In milliseconds since 1970: of who is offline; null where nobody knows, and for everybody else. */
  lastSeenAt: number | null;
}

/**
 * Reads the presence of users as it is now: two commands a user and one round trip in all. When a session ended counts as
 * the time at which a user was last seen; where that is not known (it may have been lost, or a gateway has died), when a
 * device connected last. Rejects where the registry does not answer.
 */
@Injectable()
export class ReadPresence {
  private readonly logger = new Logger(ReadPresence.name);

  constructor(
    private readonly registry: SessionRegistry,
    private readonly marks: PresenceMarks,
    private readonly grace: PresenceGrace,
    private readonly contacts: ContactDirectory,
  ) {}

  async execute(userIds: readonly string[]): Promise<Map<string, PresenceReading>> {
    // In this order: who leaves is marked before the session goes, so nobody seems to have vanished who has left.
    const [sessions, leaves] = await Promise.all([this.registry.sessionsOf(userIds), this.marks.leavesOf(userIds)]);
    const readings = new Map<string, PresenceReading>();
    for (const userId of userIds) {
      const [present, leave] = [sessions.get(userId) ?? [], leaves.get(userId)];
      const standing = this.grace.standing(present, leave);
      const lastSeenAt = standing.status === 'offline' ? (leave?.at ?? null) : null;
      readings.set(userId, { ...standing, sessions: present, leftMs: leave?.sinceMs ?? null, lastSeenAt });
    }
    await this.recallConnects(readings);
    return readings;
  }

  /** A gateway that dies marks nobody: whoever connected after the last mark was seen then at least. */
  private async recallConnects(readings: Map<string, PresenceReading>): Promise<void> {
    const offline = [...readings].filter(([, { status }]) => status === 'offline').map(([userId]) => userId);
    if (offline.length === 0) return;
    const asked = { engine: 'postgres', operation: 'find when devices connected' } as const;
    try {
      const connected = await answeredWithin(ASK_WITHIN_MS, asked, () => this.contacts.lastConnected(offline));
      for (const [userId, at] of connected) {
        const reading = readings.get(userId);
        if (reading) reading.lastSeenAt = Math.max(at, reading.lastSeenAt ?? 0);
      }
    } catch (error) {
      this.logger.debug(`when devices connected is not known: ${String(error)}`);
    }
  }
}

/** Who is there was seen just now. */
export function presenceView(
  user_id: string,
  { status, lastSeenAt }: Pick<PresenceReading, 'status' | 'lastSeenAt'>,
): PresenceView {
  const seen = status === 'offline' ? lastSeenAt : Date.now();
  return { user_id, status, last_seen_at: seen === null ? null : new Date(seen).toISOString() };
}
