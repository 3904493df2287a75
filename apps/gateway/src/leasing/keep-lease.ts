import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Readiness } from '@parley/operability';
import { RENEW_EVERY_MS } from '@parley/sessions';
import { SessionTable } from '../connections/session-table.js';
import { HeldLease } from './held-lease.js';
import { SessionPlaces } from './session-places.js';

/** While the registry does not answer. */
const RETRY_AFTER_MS = 500;

/**
 * The heartbeat of the gateway: keeps its lease, and after each beat sees that every session stands in its place under it.
 * So one rule serves a lapse, a wipe, an outage, and a session that could not be registered when it came.
 */
@Injectable()
export class KeepLease implements OnApplicationBootstrap {
  private readonly logger = new Logger(KeepLease.name);
  private timer: NodeJS.Timeout | null = null;
  private beating: Promise<void> = Promise.resolve();
  private isStopped = false;
  private isAway = false;
  /** The incarnation after the last beat that succeeded. */
  private last: string | null = null;

  constructor(
    private readonly lease: HeldLease,
    private readonly places: SessionPlaces,
    private readonly sessions: SessionTable,
    private readonly readiness: Readiness,
  ) {}

  /** The first connections find a lease, unless the registry is away: then they are registered later. */
  async onApplicationBootstrap(): Promise<void> {
    // Sends go on without it.
    this.readiness.add('lease', () => (this.lease.incarnation === null ? 'not held, pushes pause' : null), 'degrades');
    await this.beat();
  }

  /** Ends the heartbeat and gives the lease up. Sessions are to be gone by then: those that are not count no more. */
  async stop(): Promise<void> {
    this.isStopped = true;
    if (this.timer) clearTimeout(this.timer);
    await this.beating;
    try {
      await this.lease.release();
    } catch (error) {
      this.logger.warn(`the lease was not given up, it will lapse: ${String(error)}`);
    }
  }

  private beat(): Promise<void> {
    this.beating = this.keep().then((kept) => {
      if (!this.isStopped) this.timer = setTimeout(() => void this.beat(), kept ? RENEW_EVERY_MS : RETRY_AFTER_MS);
    });
    return this.beating;
  }

  private async keep(): Promise<boolean> {
    try {
      this.note(await this.lease.keep(this.sessions.size));
    } catch (error) {
      if (!this.isAway) this.logger.warn(`the lease cannot be kept, pushes may pause: ${String(error)}`);
      this.isAway = true;
      return false;
    }
    // Not awaited: thousands of sessions may take longer than the next renewal can wait.
    void this.places.restore();
    return true;
  }

  private note(incarnation: string): void {
    if (this.isAway) this.logger.log('the lease is kept again');
    if (this.last !== null && this.last !== incarnation) this.logger.warn('the lease had ended, sessions are put back');
    this.isAway = false;
    this.last = incarnation;
  }
}
