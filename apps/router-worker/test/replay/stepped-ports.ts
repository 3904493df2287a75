import type { Position } from '@parley/contracts';
import { Quarantine, type QuarantinedRecord } from '@parley/message-log';
import {
  ConversationStore,
  CursorStore,
  InboxStore,
  type BlockChangePage,
  type BlockChangeRow,
  type ConversationRow,
  type DeduplicationKey,
  type DeduplicationRow,
  type DeviceKey,
  type EntryRange,
  type InboxRow,
  type InboxWrite,
  type Membership,
  type StoredEntry,
} from '@parley/message-store';
import { SessionRegistry, type Reclaimed, type SessionAddress } from '@parley/sessions';
import type { Actor, RowSink, Steps } from './steps.js';

/** The ports as one actor of a run sees them: every call waits for its turn, every write goes row by row. */

export class SteppedConversationStore extends ConversationStore {
  /** `rows`: where the rows that it writes arrive. */
  constructor(
    private readonly store: ConversationStore,
    private readonly steps: Steps,
    private readonly actor: Actor,
    private readonly rows: RowSink = store,
  ) {
    super();
  }

  override write(rows: readonly ConversationRow[]): Promise<void> {
    return this.steps.write(this.actor, this.rows, rows);
  }

  override readHead(conversationId: string): Promise<number> {
    return this.steps.take(this.actor, () => this.store.readHead(conversationId));
  }

  override readEntries(conversationId: string, range: EntryRange): Promise<StoredEntry[]> {
    return this.steps.take(this.actor, () => this.store.readEntries(conversationId, range));
  }

  override readMemberships(conversationId: string): Promise<Membership[]> {
    return this.steps.take(this.actor, () => this.store.readMemberships(conversationId));
  }

  override readMembershipsOf(conversationId: string, userId: string): Promise<Membership[]> {
    return this.steps.take(this.actor, () => this.store.readMembershipsOf(conversationId, userId));
  }

  override readBlockChanges(conversationId: string, page: BlockChangePage): Promise<BlockChangeRow[]> {
    return this.steps.take(this.actor, () => this.store.readBlockChanges(conversationId, page));
  }

  override readDeduplication(conversationId: string, keys: readonly DeduplicationKey[]): Promise<DeduplicationRow[]> {
    return this.steps.take(this.actor, () => this.store.readDeduplication(conversationId, keys));
  }

  override readSeqs(conversationId: string, messageIds: readonly string[]): Promise<Map<string, number>> {
    return this.steps.take(this.actor, () => this.store.readSeqs(conversationId, messageIds));
  }
}

export class SteppedInboxStore extends InboxStore {
  constructor(
    private readonly store: InboxStore,
    private readonly steps: Steps,
    private readonly actor: Actor,
  ) {
    super();
  }

  override write(rows: readonly InboxWrite[]): Promise<void> {
    return this.steps.write(this.actor, this.store, rows);
  }

  override readInbox(userId: string): Promise<InboxRow[]> {
    return this.steps.take(this.actor, () => this.store.readInbox(userId));
  }

  override readRow(userId: string, conversationId: string): Promise<InboxRow | null> {
    return this.steps.take(this.actor, () => this.store.readRow(userId, conversationId));
  }

  override raiseRead(userId: string, conversationId: string, readSeq: number, readN: number): Promise<void> {
    return this.steps.take(this.actor, () => this.store.raiseRead(userId, conversationId, readSeq, readN));
  }

  override raiseDelivered(userId: string, positions: ReadonlyMap<string, number>): Promise<void> {
    return this.steps.take(this.actor, () => this.store.raiseDelivered(userId, positions));
  }
}

export class SteppedCursorStore extends CursorStore {
  constructor(
    private readonly store: CursorStore,
    private readonly steps: Steps,
    private readonly actor: Actor,
  ) {
    super();
  }

  override readCursors(device: DeviceKey): Promise<Map<string, number> | null> {
    return this.steps.take(this.actor, () => this.store.readCursors(device));
  }

  override initialise(device: DeviceKey, cursors: ReadonlyMap<string, number>): Promise<void> {
    return this.steps.take(this.actor, () => this.store.initialise(device, cursors));
  }

  override raise(device: DeviceKey, cursors: ReadonlyMap<string, number>): Promise<void> {
    return this.steps.take(this.actor, () => this.store.raise(device, cursors));
  }
}

export class SteppedQuarantine extends Quarantine {
  constructor(
    private readonly quarantine: Quarantine,
    private readonly steps: Steps,
    private readonly actor: Actor,
  ) {
    super();
  }

  override add(record: QuarantinedRecord): Promise<void> {
    return this.steps.take(this.actor, () => this.quarantine.add(record));
  }

  override within(topic: string, partition: number, from: Position, to: Position): Promise<Position[]> {
    return this.steps.take(this.actor, () => this.quarantine.within(topic, partition, from, to));
  }

  override find(topic: string, partition: number, position: Position): Promise<QuarantinedRecord | null> {
    return this.steps.take(this.actor, () => this.quarantine.find(topic, partition, position));
  }

  override count(): Promise<number> {
    return this.steps.take(this.actor, () => this.quarantine.count());
  }

  override list(limit: number): Promise<QuarantinedRecord[]> {
    return this.steps.take(this.actor, () => this.quarantine.list(limit));
  }
}

export class SteppedRegistry extends SessionRegistry {
  constructor(
    private readonly registry: SessionRegistry,
    private readonly steps: Steps,
    private readonly actor: Actor,
  ) {
    super();
  }

  override register(session: SessionAddress): Promise<SessionAddress | null> {
    return this.steps.take(this.actor, () => this.registry.register(session));
  }

  override restate(session: SessionAddress): Promise<boolean> {
    return this.steps.take(this.actor, () => this.registry.restate(session));
  }

  override remove(session: SessionAddress): Promise<boolean> {
    return this.steps.take(this.actor, () => this.registry.remove(session));
  }

  override reclaim(sessions: readonly SessionAddress[]): Promise<Reclaimed> {
    return this.steps.take(this.actor, () => this.registry.reclaim(sessions));
  }

  override sessionsOf(userIds: readonly string[]): Promise<Map<string, SessionAddress[]>> {
    return this.steps.take(this.actor, () => this.registry.sessionsOf(userIds));
  }
}
