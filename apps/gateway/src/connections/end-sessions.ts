import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Signals, type Signal } from '@parley/signals';
import { RevokedLately } from './revoked-lately.js';
import { SessionTable } from './session-table.js';

/** Ends sessions for reasons that come from elsewhere: a revoked login, a newer connection of the device. */
@Injectable()
export class EndSessions implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private unsubscribe: (() => void) | null = null;

  constructor(
    private readonly sessions: SessionTable,
    private readonly signals: Signals,
    private readonly revokedLately: RevokedLately,
  ) {}

  onApplicationBootstrap(): void {
    this.unsubscribe = this.signals.subscribe((signal) => this.onSignal(signal));
  }

  beforeApplicationShutdown(): void {
    this.unsubscribe?.();
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
