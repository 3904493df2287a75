import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Deliver } from '../delivery/deliver.js';
import { DeliveryWindow } from '../delivery/delivery-window.js';
import type { Session } from './session.js';
import { SessionTable } from './session-table.js';

const SWEEP_EVERY_MS = 1_000;
const HEADS_EVERY_MS = 20_000;
/** A client whose connection takes nothing for so long does not read: what waits for it costs memory. */
const STALLED_MS = 4_000;

/**
 * What time does to sessions: tokens end, clients stop acknowledging, entries that could not be read are tried again, and
 * heads are told so that a lost tail is found. One timer for the whole gateway.
 */
@Injectable()
export class SweepSessions implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | null = null;
  private lastHeads = performance.now();

  constructor(
    private readonly sessions: SessionTable,
    private readonly deliver: Deliver,
    private readonly window: DeliveryWindow,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => this.execute(), SWEEP_EVERY_MS);
  }

  onApplicationShutdown(): void {
    if (this.timer) clearInterval(this.timer);
  }

  execute(): void {
    const isTimeForHeads = performance.now() - this.lastHeads >= HEADS_EVERY_MS;
    if (isTimeForHeads) this.lastHeads = performance.now();
    for (const session of [...this.sessions.all()]) {
      if (this.endIfDue(session)) continue;
      this.deliver.resume(session);
      if (isTimeForHeads) tellHeads(session);
    }
  }

  private endIfDue(session: Session): boolean {
    if (session.identity.expiresAt <= Date.now()) session.end('token_expired');
    else if (session.stalledMs > STALLED_MS) session.end('slow_consumer');
    else if (session.outbound.quietMs > this.window.ackTimeoutMs) session.end('ack_timeout');
    return session.closed;
  }
}

/** `heads`: the last seq of conversations with recent traffic; clients pull what they lack. */
function tellHeads(session: Session): void {
  const { touched } = session.outbound;
  if (touched.size === 0) return;
  session.emit('heads', { positions: Object.fromEntries(touched) });
  touched.clear();
}
