import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { TypingView } from '@parley/contracts';
import { Signals, type TypingSignal } from '@parley/signals';
import { SessionTable } from '../connections/session-table.js';
import { HeldLease } from '../leasing/held-lease.js';

/** Hands typing to the sessions of this gateway that it is for, wherever it was told. */
@Injectable()
export class TypingReceiver implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private stop: () => void = () => undefined;

  constructor(
    private readonly sessions: SessionTable,
    private readonly signals: Signals,
    private readonly lease: HeldLease,
  ) {}

  onApplicationBootstrap(): void {
    const following = this.signals.follow(`gateway:${this.lease.gateway}`, (signal) => {
      if (signal.type === 'typing') this.take(signal);
    });
    this.stop = following.stop;
  }

  beforeApplicationShutdown(): void {
    this.stop();
  }

  take({ conversation_id, user_id, typing, session_ids }: TypingSignal): void {
    const view: TypingView = { conversation_id, user_id, typing };
    for (const id of session_ids) {
      const session = this.sessions.find(id);
      if (session?.takesNews) session.emit('typing', view);
    }
  }
}
