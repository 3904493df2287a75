import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { DeviceDirectory, TokenFamilies } from '@parley/entities';
import { RememberedDevices } from '@parley/sessions';
import { Clock } from '@parley/snowflake';
import type { Session } from './session.js';
import { SessionTable } from './session-table.js';
import { SessionTurns } from './session-turns.js';

const CHECK_EVERY_MS = 60_000;
const TICK_MS = 1_000;
/** Sessions in one look-up. */
const MOST_AT_ONCE = 5_000;
/** A device that stays connected is noted as seen no more often: so many rows are written. */
const SEEN_EVERY_MS = 600_000;

/**
 * Asks every minute whether a session's login was revoked or its device removed: the signal that says so at once may get
 * lost. The same question keeps up when a connected device was seen. While the database is away sessions go on; who was due
 * then is looked up when it is back.
 */
@Injectable()
export class RecheckSessions implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(RecheckSessions.name);
  private readonly turns: SessionTurns;
  private readonly due = new Set<Session>();
  private timer: NodeJS.Timeout | null = null;
  private isChecking = false;

  constructor(
    sessions: SessionTable,
    private readonly families: TokenFamilies,
    private readonly devices: DeviceDirectory,
    private readonly remembered: RememberedDevices,
    private readonly clock: Clock,
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
      this.logger.debug(`sessions will be looked up again: ${String(error)}`);
    } finally {
      this.isChecking = false;
    }
  }

  private async check(sessions: readonly Session[]): Promise<void> {
    const families = new Set(sessions.map(({ identity }) => identity.family));
    const lives = sessions.map(({ identity }) => identity.device);
    const [revoked, over] = await Promise.all([
      this.families.revokedAmong([...families]),
      this.devices.renew(lives, this.clock.wallMs(), SEEN_EVERY_MS),
    ]);
    const gone = new Set(over.map(({ generation }) => generation));
    for (const session of sessions) {
      this.due.delete(session);
      const { family, device } = session.identity;
      // A session that was refreshed meanwhile belongs to another login, which was looked up then.
      if (revoked.has(family) || gone.has(device.generation)) session.end('revoked');
    }
    // Who was connected all the time may have been remembered anew since the removal.
    const forgotten = over.map((life) => this.remembered.forget(life.user_id, life.device_id, life.generation));
    await Promise.all(forgotten);
  }
}
