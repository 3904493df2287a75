import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { Draining } from '@parley/operability';
import { PendingVerdicts } from '@parley/sending';
import { Departure } from '../connections/departure.js';
import { SessionTable } from '../connections/session-table.js';
import { KeepLease } from '../leasing/keep-lease.js';

/** In-flight sends get their verdicts before the sockets go; at most this long. */
const LAST_VERDICTS_MS = 5_000;

/** The stop of a gateway: nothing new is begun, what was begun is answered, sessions leave their places, the lease goes last. */
@Injectable()
export class DrainGateway implements BeforeApplicationShutdown {
  constructor(
    private readonly sessions: SessionTable,
    private readonly draining: Draining,
    private readonly verdicts: PendingVerdicts,
    private readonly departure: Departure,
    private readonly keepLease: KeepLease,
  ) {}

  async beforeApplicationShutdown(): Promise<void> {
    this.draining.begin();
    const deadline = performance.now() + LAST_VERDICTS_MS;
    while (this.verdicts.size > 0 && performance.now() < deadline) await sleep(10);
    const sessions = [...this.sessions.all()];
    for (const session of sessions) session.end('draining');
    await Promise.all(sessions.map((session) => this.departure.execute(session)));
    await this.keepLease.stop();
  }
}
