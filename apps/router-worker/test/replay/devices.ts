import type { EntryView } from '@parley/contracts';
import { EntryReader, ReaderClock } from '@parley/reading';
import type { SessionAddress, SessionRegistry } from '@parley/sessions';
import type { RowStores } from './engines.js';
import { GATEWAYS } from './generator.js';
import type { Random } from '@parley/harness';
import { Actor, type Steps } from './steps.js';
import { SteppedConversationStore, SteppedCursorStore, SteppedInboxStore, SteppedRegistry } from './stepped-ports.js';

const ROUNDS = { nap: 4, sync: 2, acknowledge: 3, reconnect: 2 };

/**
 * A device, with the gateway's half of its session. It follows the one rule of delivery: what is pushed next in order is
 * shown; what is further on first makes the gateway read from the store; the rest is dropped. In between it syncs,
 * acknowledges some of what it got, and comes back on another gateway, where it starts behind its stored cursor.
 */
export class Device {
  readonly actor: Actor;
  /** What the client showed, by conversation. */
  readonly seen = new Map<string, EntryView[]>();
  private readonly positions = new Map<string, number>();
  private readonly reader: EntryReader;
  private readonly inbox: SteppedInboxStore;
  private readonly cursors: SteppedCursorStore;
  private readonly registry: SteppedRegistry;
  private session: Session = { id: '', sent: new Map() };
  private sessions = 0;
  /** Pushes wait behind a sync, and a sync behind them. */
  private work: Promise<void> = Promise.resolve();

  constructor(
    readonly userId: string,
    private readonly number: number,
    stores: RowStores,
    registry: SessionRegistry,
    private readonly steps: Steps,
    private readonly random: Random,
  ) {
    this.actor = new Actor(`device ${number}`, 1);
    const conversations = new SteppedConversationStore(stores.conversations, steps, this.actor);
    this.reader = new EntryReader(conversations, new SteppedClock(steps, this.actor));
    this.inbox = new SteppedInboxStore(stores.inbox, steps, this.actor);
    this.cursors = new SteppedCursorStore(stores.cursors, steps, this.actor);
    this.registry = new SteppedRegistry(registry, steps, this.actor);
  }

  get key() {
    return { user_id: this.userId, device_id: `device-${this.number}`, generation: '1' };
  }

  /** What the ids of its sessions begin with. */
  get prefix(): string {
    return `${this.userId}/${this.number}/`;
  }

  /** Lives through some rounds while routers come and go. */
  async live(): Promise<void> {
    await this.inTurn(() => this.connect());
    for (let rounds = this.random.between(5, 25); rounds > 0; rounds--) {
      switch (this.random.weighted(ROUNDS)) {
        case 'nap':
          await this.steps.take(this.actor, async () => undefined);
          break;
        case 'sync':
          await this.inTurn(() => this.sync());
          break;
        case 'acknowledge':
          void this.acknowledge((from, to) => this.random.between(from, to));
          break;
        case 'reconnect':
          await this.inTurn(() => this.connect());
      }
    }
  }

  /** Comes back a last time, gets what it lacks and acknowledges all of it. */
  async finish(): Promise<void> {
    await this.inTurn(() => this.connect());
    await this.acknowledge((_from, to) => to);
  }

  /** A push has reached the gateway of one of this device's sessions. */
  push(sessionId: string, entry: EntryView): void {
    void this.inTurn(async () => {
      if (sessionId !== this.session.id) return;
      const sent = this.session.sent.get(entry.conversation_id) ?? 0;
      if (entry.seq === sent + 1) this.show(entry);
      else if (entry.seq > sent) await this.pull(entry.conversation_id);
    });
  }

  private inTurn(task: () => Promise<void>): Promise<void> {
    this.work = this.work.then(task);
    return this.work;
  }

  /** Registers first: what is stored after the sync has looked is pushed to this session. */
  private async connect(): Promise<void> {
    const id = `${this.prefix}${++this.sessions}`;
    this.session = { id, sent: new Map() };
    await this.registry.register(this.address(id));
    const cursors = await this.cursors.readCursors(this.key);
    if (!cursors) await this.cursors.initialise(this.key, new Map());
    this.session.sent = new Map(cursors);
    await this.sync();
  }

  private address(session_id: string): SessionAddress {
    const { user_id, device_id } = this.key;
    const gateway = this.random.pick(GATEWAYS);
    return { user_id, device_id, session_id, gateway, incarnation: '1', connected_at: this.sessions };
  }

  private async sync(): Promise<void> {
    for (const { conversation_id, last_seq } of await this.inbox.readInbox(this.userId)) {
      if (last_seq > (this.session.sent.get(conversation_id) ?? 0)) await this.pull(conversation_id);
    }
  }

  private async pull(conversationId: string): Promise<void> {
    const { sent } = this.session;
    for (let hasMore = true; hasMore;) {
      const conversation = await this.reader.open(this.userId, conversationId);
      const after = sent.get(conversationId) ?? 0;
      const page = await this.reader.forward(conversation, after, { entries: this.random.between(1, 6) });
      for (const { entry } of page.entries) this.show(entry);
      sent.set(conversationId, Math.max(after, page.position));
      hasMore = page.hasMore && page.entries.length > 0;
    }
  }

  /** Sends to the client, which drops what it has. */
  private show(entry: EntryView): void {
    const { conversation_id, seq } = entry;
    this.session.sent.set(conversation_id, seq);
    if (seq <= (this.positions.get(conversation_id) ?? 0)) return;
    this.positions.set(conversation_id, seq);
    this.seen.set(conversation_id, [...(this.seen.get(conversation_id) ?? []), entry]);
  }

  /** `choose`: a position from 0 to what was sent. */
  private async acknowledge(choose: (from: number, to: number) => number): Promise<void> {
    const positions = new Map([...this.session.sent].map(([id, sent]) => [id, choose(0, sent)]));
    await this.cursors.raise(this.key, positions);
  }
}

interface Session {
  id: string;
  /** Up to where this session was sent each conversation. */
  sent: Map<string, number>;
}

/** Time as steps: a reader that waits lets others go first. */
class SteppedClock extends ReaderClock {
  private nowMs = 0;

  constructor(
    private readonly steps: Steps,
    private readonly actor: Actor,
  ) {
    super();
  }

  override monotonicMs(): number {
    return this.nowMs;
  }

  override async sleep(ms: number): Promise<void> {
    this.nowMs += ms;
    await this.steps.take(this.actor, async () => undefined);
  }
}
