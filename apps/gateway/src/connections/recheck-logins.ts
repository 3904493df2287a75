import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { TokenFamilies } from '@parley/entities';
import type { Session } from './session.js';
import { SessionTable } from './session-table.js';
import { SessionTurns } from './session-turns.js';

const CHECK_EVERY_MS = 60_000;
const TICK_MS = 1_000;
/** Logins in one look-up. */
const MOST_AT_ONCE = 5_000;

/**
 * Asks every minute whether a session's login was revoked: the signal that says so at once may get lost. While the
 * database is away sessions go on; who was due then is looked up when it is back.
 */
@Injectable()
export class RecheckLogins implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(RecheckLogins.name);
  private readonly turns: SessionTurns;
  private readonly due = new Set<Session>();
  private timer: NodeJS.Timeout | null = null;
  private isChecking = false;

  constructor(
    sessions: SessionTable,
    private readonly families: TokenFamilies,
  ) {
    this.turns = new SessionTurns(sessions, CHECK_EVERY_MS);
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.execute(), TICK_MS);
  }

  onApplicationShutdown(): void {
    if (this.timer) clearInterval(this.timer);
  }

  private async execute(): Promise<void> {
    for (const session of this.turns.next()) this.due.add(session);
    for (const session of this.due) if (session.closed) this.due.delete(session);
    if (this.isChecking || this.due.size === 0) return;
    this.isChecking = true;
    try {
      await this.check([...this.due].slice(0, MOST_AT_ONCE));
    } catch (error) {
      this.logger.debug(`logins will be looked up again: ${String(error)}`);
    } finally {
      this.isChecking = false;
    }
  }

  private async check(sessions: readonly Session[]): Promise<void> {
    const families = new Set(sessions.map(({ identity }) => identity.family));
    const revoked = await this.families.revokedAmong([...families]);
    for (const session of sessions) {
      this.due.delete(session);
      // A session that was refreshed meanwhile belongs to another login, which was looked up then.
      if (revoked.has(session.identity.family)) session.end('revoked');
    }
  }
}
