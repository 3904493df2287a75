import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Draining } from '@parley/operability';
import { PendingVerdicts } from '@parley/sending';
import { Signals, type Signal } from '@parley/signals';
import { Departure } from './departure.js';
import { RevokedLately } from './revoked-lately.js';
import { SessionTable } from './session-table.js';

/** In-flight sends get their verdicts before the sockets go; at most this long. */
const LAST_VERDICTS_MS = 5_000;

/** Ends sessions for reasons that come from elsewhere: a revoked login, a newer connection, a stop of this process. */
@Injectable()
export class EndSessions implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private unsubscribe: (() => void) | null = null;

  constructor(
    private readonly sessions: SessionTable,
    private readonly signals: Signals,
    private readonly draining: Draining,
    private readonly verdicts: PendingVerdicts,
    private readonly departure: Departure,
    private readonly revokedLately: RevokedLately,
  ) {}

  onApplicationBootstrap(): void {
    this.unsubscribe = this.signals.subscribe((signal) => this.onSignal(signal));
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.unsubscribe?.();
    this.draining.begin();
    const deadline = performance.now() + LAST_VERDICTS_MS;
    while (this.verdicts.size > 0 && performance.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    const sessions = [...this.sessions.all()];
    for (const session of sessions) session.end('draining');
    await Promise.all(sessions.map((session) => this.departure.execute(session)));
  }

  private onSignal(signal: Signal): void {
    if (signal.type === 'replaced') {
      this.sessions.find(signal.session_id)?.end('replaced');
      return;
    }
    this.revokedLately.note(signal.family);
    for (const session of [...this.sessions.all()]) {
      if (session.identity.family === signal.family) session.end('revoked');
    }
  }
}
