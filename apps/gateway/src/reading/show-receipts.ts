import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { Receipt } from '@parley/contracts';
import { InboxStore } from '@parley/message-store';
import { Pace, ReceiptAudience } from '@parley/reading';
import { Signals, type ReceiptSignal } from '@parley/signals';
import { SessionTable } from '../connections/session-table.js';
import { HeldLease } from '../leasing/held-lease.js';

/** A client hears of a user in a conversation no more often, however many gateways and devices announce it. */
const EVERY_MS = 1_000;
const MOST_AT_ONCE = 50_000;

/**
 * Tells sessions how far a user has got, when a signal says that this has changed. The marks are read just before they are
 * told, one reading after the other, and the store's never fall: so those that a client sees never fall either, and
 * a signal that came late or in another order does no harm. Who may see them is asked after that: marks that were moved
 * behind a block, or after a member has left, are told to nobody because of an earlier signal.
 */
@Injectable()
export class ShowReceipts implements OnApplicationBootstrap, BeforeApplicationShutdown {
  /** By user and conversation: the sessions that are to be told. */
  private readonly pace = new Pace<string>((key, sessionIds) => this.tell(key, sessionIds), {
    everyMs: EVERY_MS,
    most: MOST_AT_ONCE,
  });
  private stop: () => void = () => undefined;

  constructor(
    private readonly sessions: SessionTable,
    private readonly inbox: InboxStore,
    private readonly audience: ReceiptAudience,
    private readonly signals: Signals,
    private readonly lease: HeldLease,
  ) {}

  onApplicationBootstrap(): void {
    const following = this.signals.follow(`gateway:${this.lease.gateway}`, (signal) => {
      if (signal.type === 'receipt') this.hear(signal);
    });
    this.stop = following.stop;
  }

  beforeApplicationShutdown(): void {
    this.stop();
  }

  private hear({ user_id, conversation_id, session_ids }: ReceiptSignal): void {
    const here = session_ids.filter((id) => this.sessions.find(id));
    if (here.length > 0) this.pace.ask(`${user_id} ${conversation_id}`, here);
  }

  private async tell(key: string, sessionIds: ReadonlySet<string>): Promise<void> {
    const [user_id, conversation_id] = key.split(' ');
    const row = await this.inbox.readRow(user_id, conversation_id);
    if (!row || row.to_seq !== null) return;
    const others = await this.audience.of(user_id, conversation_id);
    if (!others) return;
    const seeing = new Set([user_id, ...others]);
    const { delivered_seq, read_seq } = row;
    const receipt: Receipt = { conversation_id, user_id, delivered_seq, read_seq };
    for (const id of sessionIds) {
      const session = this.sessions.find(id);
      // A client that does not read finds in its inbox what it misses here.
      if (session?.takesNews && seeing.has(session.identity.userId)) session.emit('receipt', receipt);
    }
  }
}
