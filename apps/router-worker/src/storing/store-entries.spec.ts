import type { LogRecord } from '@parley/contracts';
import type { ConversationRow, ConversationStore, InboxStore, InboxWrite } from '@parley/message-store';
import { beforeEach, describe, expect, it } from 'vitest';
import { ALICE, at, BOB, CAROL, change, created, message } from '../../test/sample-records.js';
import { ConversationState } from '../sequencing/conversation-state.js';
import { judge } from '../sequencing/judge.js';
import type { Sequenced } from '../sequencing/sequence.js';
import { StoreEntries } from './store-entries.js';

describe('storing a batch', () => {
  let rows: ConversationRow[];
  let inbox: InboxWrite[];
  let storeEntries: StoreEntries;

  beforeEach(() => {
    rows = [];
    inbox = [];
    const store = { write: async (some: readonly ConversationRow[]) => void rows.push(...some) };
    const inboxes = { write: async (some: readonly InboxWrite[]) => void inbox.push(...some) };
    storeEntries = new StoreEntries(store as ConversationStore, inboxes as InboxStore);
  });

  function sequence(conversation_id: string, ...records: LogRecord[]): Sequenced[] {
    const state = new ConversationState(conversation_id);
    const known = { keys: new Map(), targets: new Map() };
    return records.flatMap(
      (record, offset) => judge(state, at({ ...record, conversation_id }, offset), known).sequenced ?? [],
    );
  }

  it('writes rows first, and neither heads nor inboxes with them', async () => {
    await storeEntries.storeRows(sequence('500', created(), message(1)));
    expect(rows.map(({ row }) => row)).toEqual([
      'entry',
      'membership-start',
      'membership-start',
      'entry',
      'deduplication',
    ]);
    expect(inbox).toEqual([]);
  });

  it('moves one head per conversation, to its last entry', async () => {
    await storeEntries.moveHeads([...sequence('500', created(), message(1)), ...sequence('501', created())]);
    expect(rows).toEqual([
      { row: 'head', conversation_id: '500', last_seq: 2 },
      { row: 'head', conversation_id: '501', last_seq: 1 },
    ]);
  });

  it('writes each inbox row once, with everything that the batch’s entries said about it', async () => {
    const joins = change(2, 'member_joined', { user_id: CAROL, role: 'member' });
    const leaves = change(3, 'member_left', { user_id: CAROL });
    await storeEntries.moveHeads(sequence('500', created(), message(1), joins, leaves, message(2, { sender_id: BOB })));
    const last = { last_seq: 5, last_n: 2, last_message_seq: 5 };
    const joined = { from_seq: 1, floor_n: 0 };
    expect(inbox).toMatchObject([
      { user_id: ALICE, at: 5, joined, read: { read_seq: 2, read_n: 1 }, activity: last },
      { user_id: BOB, at: 5, joined, read: { read_seq: 5, read_n: 2 }, activity: last },
      { user_id: CAROL, at: 4, joined: { from_seq: 3, floor_n: 1 }, left: { to_seq: 4 }, activity: { last_seq: 4 } },
    ]);
    expect(inbox).toHaveLength(3);
  });

  it('asks the stores for nothing when nothing was accepted', async () => {
    const refusing = { write: async () => Promise.reject(new Error('asked')) };
    const idle = new StoreEntries(refusing as unknown as ConversationStore, refusing as unknown as InboxStore);
    await expect(idle.storeRows([])).resolves.toBeUndefined();
    await expect(idle.moveHeads([])).resolves.toBeUndefined();
  });
});
