import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Signals, type Signal } from '@parley/signals';
import { EndedLately } from './ended-lately.js';
import { SessionTable } from './session-table.js';

/** Ends sessions for reasons that come from elsewhere: a revoked login, a removed device, a newer connection of the device. */
@Injectable()
export class EndSessions implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private unsubscribe: (() => void) | null = null;
  private isSweepDue = false;

  constructor(
    private readonly sessions: SessionTable,
    private readonly signals: Signals,
    private readonly endedLately: EndedLately,
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
    if (signal.type !== 'revoked' && signal.type !== 'device-removed') return;
    this.endedLately.note(signal.type === 'revoked' ? signal.family : signal.generation);
    if (this.isSweepDue) return;
    this.isSweepDue = true;
    setImmediate(() => this.sweep());
  }

  /** Once for all that was heard in one turn: an account may have had thousands of logins that end together. */
  private sweep(): void {
    this.isSweepDue = false;
    for (const session of [...this.sessions.all()]) {
      if (this.endedLately.concerns(session.identity)) session.end('revoked');
    }
  }
}
