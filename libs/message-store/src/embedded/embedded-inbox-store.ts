import { Injectable } from '@nestjs/common';
import { OrderedStore, type Table } from '@parley/ordered-store';
import { InboxStore } from '../inbox-store.js';
import type { InboxRow, InboxWrite } from '../rows.js';
import { mergeInbox, showInbox, type InboxCells } from './cells.js';

/** Rows that are merged in one go: a large write gives the event loop back in between. */
const ROWS_PER_CHANGE = 500;

/** The InboxStore in one ordered store; each row is read, merged and put back inside a change. */
@Injectable()
export class EmbeddedInboxStore extends InboxStore {
  /** [user, conversation] */
  private readonly inbox: Table<InboxCells>;

  constructor(private readonly store: OrderedStore) {
    super();
    this.inbox = store.table('inbox');
  }

  async write(rows: readonly InboxWrite[]): Promise<void> {
    for (let start = 0; start < rows.length; start += ROWS_PER_CHANGE) {
      const some = rows.slice(start, start + ROWS_PER_CHANGE);
      await this.store.write(() => some.forEach((row) => this.merge(row.user_id, row.conversation_id, cellsOf(row))));
    }
  }

  async readInbox(userId: string): Promise<InboxRow[]> {
    return this.inbox.range({ from: [userId], to: [userId] }).flatMap(({ key, value }) => {
      const row = showInbox(String(key[1]), value);
      return row ? [row] : [];
    });
  }

  async readRow(userId: string, conversationId: string): Promise<InboxRow | null> {
    const cells = this.inbox.get([userId, conversationId]);
    return cells ? showInbox(conversationId, cells) : null;
  }

  async raiseRead(userId: string, conversationId: string, readSeq: number, readN: number): Promise<void> {
    const read = { read_seq: readSeq, read_n: readN };
    await this.store.write(() => this.merge(userId, conversationId, { read }));
  }

  async raiseDelivered(userId: string, positions: ReadonlyMap<string, number>): Promise<void> {
    await this.store.write(() =>
      positions.forEach((delivered, conversationId) => this.merge(userId, conversationId, { delivered })),
    );
  }

  private merge(userId: string, conversationId: string, written: InboxCells): void {
    const before = this.inbox.get([userId, conversationId]) ?? {};
    const after = mergeInbox(before, written);
    if (after !== before) this.inbox.put([userId, conversationId], after);
  }
}

function cellsOf({ at, joined, left, activity, read, deleted }: InboxWrite): InboxCells {
  return {
    ...(joined && { joined: { ...joined, at } }),
    ...(left && { left: { ...left, at } }),
    ...(activity && { activity: { ...activity, at } }),
    ...(read && { read }),
    ...(deleted && { deleted }),
  };
}
