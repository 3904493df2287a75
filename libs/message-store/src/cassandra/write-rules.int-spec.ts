import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { engineAddresses } from '@parley/harness';
import type { ConversationRow } from '../rows.js';
import {
  clientMessageId,
  deduplicationRow,
  editRow,
  entryRow,
  membershipEnd,
  membershipStart,
  reactionRow,
} from '../testing/sample-rows.js';
import { CassandraConversationStore } from './cassandra-conversation-store.js';
import { CassandraCursorStore } from './cassandra-cursor-store.js';
import { CassandraInboxStore } from './cassandra-inbox-store.js';
import type { CassandraSession } from './cassandra-session.js';
import { openCassandra } from './open-cassandra.js';
import { TemporaryKeyspace } from './temporary-keyspace.js';

const LAST = Number.MAX_SAFE_INTEGER;

let keyspace: TemporaryKeyspace;
let session: CassandraSession;
let store: CassandraConversationStore;
let conversations = 0;
let id: string;

beforeAll(async () => {
  keyspace = new TemporaryKeyspace(engineAddresses().cassandraContactPoints);
  session = await openCassandra(keyspace.connection);
  store = new CassandraConversationStore(session);
});

afterAll(async () => {
  await session?.close();
  await keyspace.drop();
});

beforeEach(() => {
  conversations += 1;
  id = String(1_000 + conversations);
});

describe('what the router writes', () => {
  it('carries in every cell the seq that causes the write, and no wall clock', async () => {
    const key = { sender_id: '901', client_msg_id: clientMessageId(1) };
    await store.write([
      entryRow(id, 5),
      editRow(id, 5, 9),
      reactionRow(id, 5, 10, { since_seq: 6 }),
      membershipStart(id, '901', 3),
      membershipEnd(id, '901', 3, 7, 8),
      deduplicationRow(id, 5, key),
      { row: 'head', conversation_id: id, last_seq: 11 },
    ]);
    const entries = await timestamps('conversation_entries', ['kind', 'n', 'body', 'content', 'edited_seq']);
    expect(entries).toEqual({ kind: 5, n: 5, body: 5, content: 9, edited_seq: 9 });
    expect(await timestamps('entry_ids', ['seq'])).toEqual({ seq: 5 });
    const reaction = await timestamps('reactions', ['op', 'by_seq', 'since_seq']);
    expect(reaction).toEqual({ op: 10, by_seq: 10, since_seq: 10 });
    expect(await timestamps('memberships', ['role', 'to_seq', 'end_by_seq'])).toEqual({
      role: 3,
      to_seq: 7,
      end_by_seq: 7,
    });
    expect(await timestamps('deduplication', ['digest', 'seq'])).toEqual({ digest: 5, seq: 5 });
    expect(await timestamps('heads', ['last_seq'])).toEqual({ last_seq: 11 });
  });

  it('expires nothing but de-duplication, a week after its thirty days', async () => {
    await store.write([
      entryRow(id, 5),
      deduplicationRow(id, 5, { sender_id: '9', client_msg_id: clientMessageId(1) }),
    ]);
    const days = (await timesToLive('deduplication', 'digest')) / 86_400;
    expect(days).toBeGreaterThan(36.9);
    expect(days).toBeLessThanOrEqual(37);
    expect(await timesToLive('conversation_entries', 'body')).toBe(0);
  });

  it('is not touched by what a router writes late that lost its partition', async () => {
    const late: ConversationRow[] = [
      entryRow(id, 1),
      editRow(id, 1, 2),
      { row: 'head', conversation_id: id, last_seq: 2 },
      membershipStart(id, '902', 1),
    ];
    const later: ConversationRow[] = [
      editRow(id, 1, 4),
      { row: 'head', conversation_id: id, last_seq: 5 },
      membershipEnd(id, '902', 1, 3),
    ];
    await store.write([...late, ...later]);
    const before = await everything();
    for (const row of late.toReversed()) await store.write([row]);
    expect(await everything()).toEqual(before);
    expect(before.head).toBe(5);
    expect(before.entries[0]).toMatchObject({ edited_seq: 4 });
    expect(before.memberships[0]).toMatchObject({ to_seq: 3 });
  });

  it('leaves no tombstone where a cell has no value', async () => {
    await store.write([entryRow(id, 5, { client_msg_id: null, body: { title: 'a title' } })]);
    expect(await timestamps('conversation_entries', ['client_msg_id', 'content'])).toEqual({
      client_msg_id: null,
      content: null,
    });
    await keyspace.client.execute(
      `UPDATE ${keyspace.connection.keyspace}.conversation_entries USING TIMESTAMP 4 SET content = '1'
       WHERE conversation_id = '${id}' AND bucket = 0 AND seq = 5`,
    );
    // A null of timestamp 5 would hide this one of timestamp 4.
    expect(await timestamps('conversation_entries', ['content'])).toEqual({ content: 4 });
  });
});

describe('writes of any size', () => {
  it('pass the limits of a batch in rows and in bytes', async () => {
    const text = 'x'.repeat(16_000);
    const body = { content: { type: 'text' as const, text }, mentions: [] };
    await store.write(Array.from({ length: 120 }, (_, index) => entryRow(id, index + 1, { body })));
    const entries = await read();
    expect(entries).toHaveLength(120);
    expect(entries.every((entry) => JSON.stringify(entry.body.content).includes(text))).toBe(true);
  });

  it('reach many conversations at once', async () => {
    const ids = Array.from({ length: 300 }, (_, index) => `${id}${String(index).padStart(4, '0')}`);
    await store.write(
      ids.flatMap((one, index): ConversationRow[] => [
        entryRow(one, 1, { sender_id: String(index + 1) }),
        { row: 'head', conversation_id: one, last_seq: 1 },
      ]),
    );
    const heads = await Promise.all(ids.map((one) => store.readHead(one)));
    expect(heads).toEqual(ids.map(() => 1));
  });
});

describe('more reads at once than a connection takes', () => {
  it('wait for their turn', async () => {
    await store.write([{ row: 'head', conversation_id: id, last_seq: 3 }]);
    const heads = await Promise.all(Array.from({ length: 5_000 }, () => store.readHead(id)));
    expect(new Set(heads)).toEqual(new Set([3]));
  });
});

describe('a conversation of several buckets', () => {
  const stored = [1, 4_999, 5_000, 5_001, 9_999, 10_000, 10_001, 14_000];

  beforeEach(async () => {
    await store.write([
      ...stored.map((seq) => entryRow(id, seq)),
      { row: 'head', conversation_id: id, last_seq: 10_001 },
    ]);
  });

  it('is read across their borders, in either direction', async () => {
    expect((await read()).map(({ seq }) => seq)).toEqual(stored);
    expect((await read({ order: 'descending' })).map(({ seq }) => seq)).toEqual(stored.toReversed());
    const across = await read({ from: 5_000, to: 10_000, limit: 3, order: 'descending' });
    expect(across.map(({ seq }) => seq)).toEqual([10_000, 9_999, 5_001]);
    expect((await read({ from: 4_999, to: 10_000, limit: 3 })).map(({ seq }) => seq)).toEqual([4_999, 5_000, 5_001]);
  });

  it('shows its reactions on either side of a border', async () => {
    const reacted = [4_999, 5_001];
    await store.write(reacted.map((seq) => reactionRow(id, seq, 10_001)));
    for (const order of ['ascending', 'descending'] as const) {
      const shown = await read({ from: 4_999, to: 9_999, order });
      expect(
        shown
          .filter(({ reactions }) => reactions.length > 0)
          .map(({ seq }) => seq)
          .toSorted(),
      ).toEqual(reacted);
    }
  });

  it('is read beyond its head as far as a router can have come', async () => {
    expect((await read({ from: 10_002 })).map(({ seq }) => seq)).toEqual([14_000]);
  });
});

describe('many keys of one conversation', () => {
  it('are found in as many reads as it takes', async () => {
    const keys = Array.from({ length: 250 }, (_, index) => ({
      sender_id: String(1 + (index % 7)),
      client_msg_id: clientMessageId(index),
    }));
    await store.write(keys.map((key, index) => deduplicationRow(id, index + 1, key)));
    await store.write(keys.map((_, index) => entryRow(id, index + 1)));
    const found = await store.readDeduplication(id, [...keys, { sender_id: '8', client_msg_id: clientMessageId(0) }]);
    expect(new Set(found.map((row) => row.seq)).size).toBe(250);
    const ids = keys.map((_, index) => entryRow(id, index + 1).message_id);
    expect((await store.readSeqs(id, ids)).size).toBe(250);
  });
});

describe('what a user writes', () => {
  it('carries the mark itself as its timestamp, in inbox and cursors alike', async () => {
    const inbox = new CassandraInboxStore(session);
    await inbox.write([
      {
        user_id: id,
        conversation_id: '7',
        at: 6,
        joined: { from_seq: 6, floor_n: 5 },
        read: { read_seq: 4, read_n: 3 },
      },
    ]);
    await inbox.raiseDelivered(id, new Map([['7', 8]]));
    const cells = ['from_seq', 'floor_n', 'read_seq', 'read_n', 'delivered_seq', 'to_seq', 'last_seq'];
    expect(await timestamps('inbox', cells, 'user_id')).toEqual({
      from_seq: 6,
      floor_n: 6,
      read_seq: 4,
      read_n: 4,
      delivered_seq: 8,
      to_seq: null,
      last_seq: null,
    });
    const device = { user_id: id, device_id: 'phone', generation: '1' };
    await new CassandraCursorStore(session).raise(device, new Map([['7', 12]]));
    expect(await timestamps('device_cursors', ['seq'], 'user_id')).toEqual({ seq: 12 });
  });
});

async function read(range: Partial<Parameters<typeof store.readEntries>[1]> = {}) {
  return store.readEntries(id, { from: 1, to: LAST, limit: 1_000, order: 'ascending', ...range });
}

async function everything() {
  return { head: await store.readHead(id), entries: await read(), memberships: await store.readMemberships(id) };
}

/** The write timestamp of each cell of this test's one row; null where there is no cell. */
async function timestamps(table: string, cells: string[], key = 'conversation_id') {
  const row = await only(table, cells.map((cell) => `WRITETIME(${cell}) AS ${cell}`).join(', '), key);
  return Object.fromEntries(cells.map((cell) => [cell, row[cell] === null ? null : Number(row[cell])]));
}

async function timesToLive(table: string, cell: string): Promise<number> {
  return Number((await only(table, `TTL(${cell}) AS seconds`, 'conversation_id')).seconds);
}

async function only(table: string, columns: string, key: string): Promise<Record<string, unknown>> {
  const query = `SELECT ${columns} FROM ${keyspace.connection.keyspace}.${table} WHERE ${key} = '${id}' ALLOW FILTERING`;
  const { rows } = await keyspace.client.execute(query);
  expect(rows).toHaveLength(1);
  return rows[0];
}
