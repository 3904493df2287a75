import type { LogRecord } from '@parley/contracts';
import type { ConversationRow } from '@parley/message-store';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ALICE,
  at,
  BOB,
  CAROL,
  change,
  created,
  deletion,
  edit,
  message,
  reaction,
} from '../../test/sample-records.js';
import { ConversationState } from './conversation-state.js';
import { judge } from './judge.js';
import type { Sequenced } from './sequence.js';

const NOTHING_KNOWN = { keys: new Map(), targets: new Map() };

/** What the records make of a new conversation, read at offsets 0, 1, 2... */
function sequence(...records: LogRecord[]): Sequenced[] {
  const state = new ConversationState('500');
  return records.flatMap((record, offset) => judge(state, at(record, offset), NOTHING_KNOWN).sequenced ?? []);
}

function lastOf(...records: LogRecord[]): Sequenced {
  const last = sequence(...records).at(-1);
  if (!last) throw new Error('nothing was sequenced');
  return last;
}

function rowsOf<K extends ConversationRow['row']>({ rows }: Sequenced, kind: K) {
  return rows.filter((row): row is Extract<ConversationRow, { row: K }> => row.row === kind);
}

const joins = change(2, 'member_joined', { user_id: CAROL, role: 'member' });
const leaves = change(3, 'member_left', { user_id: CAROL });

describe('sequencing', () => {
  it('stores a message as its entry and its key', () => {
    const sent = lastOf(created(), message(1, { reply_to: null, mentions: [BOB] }));
    const [entry] = rowsOf(sent, 'entry');
    expect(entry).toMatchObject({ seq: 2, n: 1, version: 1, last_message_seq: 2, kind: 'message' });
    expect(entry.body).toEqual({
      content: { type: 'text', text: 'text 1' },
      reply_to: null,
      thread_id: null,
      mentions: [BOB],
    });
    expect(rowsOf(sent, 'deduplication')).toMatchObject([{ seq: 2, sender_id: ALICE, message_id: '70001' }]);
    expect(sent.rows).toHaveLength(2);
  });

  it('writes an edit and a deletion into the row of their target, under their own seq', () => {
    const edited = lastOf(created(), message(1), edit(2, '70001'));
    const deleted = lastOf(created(), message(1), edit(2, '70001'), deletion(3, '70001'));
    const { sent_at } = edited.entry;
    expect(rowsOf(edited, 'patch')).toMatchObject([
      { seq: 2, by_seq: 3, patch: { edited_at: sent_at, content: { text: 'text 2' } } },
    ]);
    expect(rowsOf(deleted, 'patch')).toMatchObject([
      { seq: 2, by_seq: 4, patch: { deleted_at: deleted.entry.sent_at } },
    ]);
    expect(deleted.entry).toMatchObject({ kind: 'delete', n: 1, last_message_seq: 2 });
  });

  it('writes a reaction and its end beside the row of their target, each with the entry that brought the emoji', () => {
    const byBob = { sender_id: BOB };
    const [, , first, again, gone] = sequence(
      created(),
      message(1),
      reaction(2, '70001'),
      reaction(3, '70001', byBob),
      reaction(4, '70001', { ...byBob, op: 'remove' }),
    );
    const target = { seq: 2, emoji: '👍', since_seq: 3 };
    expect(rowsOf(first, 'reaction')).toMatchObject([{ ...target, user_id: ALICE, op: 'add', by_seq: 3 }]);
    expect(rowsOf(again, 'reaction')).toMatchObject([{ ...target, user_id: BOB, op: 'add', by_seq: 4 }]);
    expect(rowsOf(gone, 'reaction')).toMatchObject([{ ...target, user_id: BOB, op: 'remove', by_seq: 5 }]);
    expect(gone.entry).toMatchObject({ kind: 'react', n: 1, body: { target_id: '70001', emoji: '👍', op: 'remove' } });
  });

  it('writes no row where an emoji is taken back that nobody gave', () => {
    const [, , gone, given] = sequence(
      created(),
      message(1),
      reaction(2, '70001', { op: 'remove' }),
      reaction(3, '70001'),
    );
    expect(rowsOf(gone, 'reaction')).toEqual([]);
    expect(rowsOf(given, 'reaction')).toMatchObject([{ by_seq: 4, since_seq: 4 }]);
  });

  it('never lets sent_at fall, however the log’s clock steps', () => {
    const state = new ConversationState('500');
    const times = [5_000, 9_000, 4_000, 9_500].map((appendedAt, offset) => {
      const record = offset === 0 ? created() : message(offset);
      return judge(state, { ...at(record, offset), appendedAt }, NOTHING_KNOWN).sequenced?.entry.sent_at;
    });
    expect(times).toEqual([5_000, 9_000, 9_000, 9_500]);
  });

  describe('membership', () => {
    it('begins with the join entry and ends with the leave entry, both included', () => {
      const [, joined, left] = sequence(created(), joins, leaves);
      const start = { user_id: CAROL, from_seq: 2 };
      expect(rowsOf(joined, 'membership-start')).toMatchObject([{ ...start, role: 'member' }]);
      expect(rowsOf(left, 'membership-end')).toMatchObject([{ ...start, to_seq: 3, by_seq: 3 }]);
      expect(joined.recipients).toEqual([ALICE, BOB, CAROL]);
      expect(left.recipients).toEqual([ALICE, BOB, CAROL]);
      expect(lastOf(created(), joins, leaves, message(1)).recipients).toEqual([ALICE, BOB]);
    });

    it('ends for everybody with a deletion, and the row in the inbox of who was ever there too', () => {
      const deleted = lastOf(created(), joins, leaves, change(4, 'deleted'));
      expect(deleted.recipients.toSorted()).toEqual([ALICE, BOB]);
      expect(rowsOf(deleted, 'membership-end').map((row) => [row.user_id, row.to_seq])).toEqual([
        [ALICE, 4],
        [BOB, 4],
      ]);
      const inbox = deleted.inbox.toSorted((a, b) => Number(a.user_id) - Number(b.user_id));
      expect(inbox).toMatchObject([
        { user_id: ALICE, at: 4, deleted: true, left: { to_seq: 4 } },
        { user_id: BOB, at: 4, deleted: true, left: { to_seq: 4 } },
        { user_id: CAROL, at: 4, deleted: true },
      ]);
      expect(inbox[2]).not.toHaveProperty('activity');
    });

    it('goes on through a change of role: one interval ends just before the next begins', () => {
      const promoted = lastOf(created(), joins, change(3, 'role_changed', { user_id: CAROL, role: 'admin' }));
      expect(rowsOf(promoted, 'membership-end')).toMatchObject([{ from_seq: 2, to_seq: 2, by_seq: 3 }]);
      expect(rowsOf(promoted, 'membership-start')).toMatchObject([{ from_seq: 3, role: 'admin' }]);
      expect(promoted.inbox.filter((write) => write.joined ?? write.left)).toEqual([]);
    });

    it('ends for everybody when a group is deleted, and all of them are told', () => {
      const deleted = lastOf(created(), change(2, 'deleted'));
      expect(rowsOf(deleted, 'membership-end').map((row) => row.user_id)).toEqual([ALICE, BOB]);
      expect(deleted.inbox.map(({ user_id, left }) => [user_id, left])).toEqual([
        [ALICE, { to_seq: 2 }],
        [BOB, { to_seq: 2 }],
      ]);
    });
  });

  describe('inboxes', () => {
    it('show every member the activity, and move the sender’s own read mark', () => {
      const { inbox, entry } = lastOf(created(), message(1));
      const activity = { last_seq: 2, last_n: 1, last_message_seq: 2, last_activity_at: entry.sent_at };
      const write = { conversation_id: '500', at: 2, activity };
      expect(inbox).toEqual([
        { ...write, user_id: ALICE, read: { read_seq: 2, read_n: 1 } },
        { ...write, user_id: BOB },
      ]);
    });

    it('note where a membership began, with the messages before it', () => {
      const { inbox } = lastOf(created(), message(1), joins);
      expect(inbox.map(({ user_id, joined }) => [user_id, joined])).toEqual([
        [ALICE, undefined],
        [BOB, undefined],
        [CAROL, { from_seq: 3, floor_n: 1 }],
      ]);
    });

    it('count as activity only what people say', () => {
      const { entry } = lastOf(created(), message(1), edit(2, '70001'), change(2, 'title_changed', { title: 'New' }));
      const [, said] = sequence(created(), message(1));
      expect(entry).toMatchObject({ seq: 4, last_message_seq: 2, last_activity_at: said.entry.sent_at });
    });
  });
});

/** Any record about one conversation; many are duplicates, refused, or about what is not there. */
const anyRecord = fc.oneof(
  fc.tuple(fc.nat(5), fc.constantFrom(ALICE, BOB, CAROL)).map(([number, sender_id]) => message(number, { sender_id })),
  fc.tuple(fc.integer({ min: 10, max: 15 }), fc.nat(5)).map(([number, to]) => edit(number, String(70_000 + to))),
  fc.tuple(fc.integer({ min: 20, max: 25 }), fc.nat(5)).map(([number, of]) => deletion(number, String(70_000 + of))),
  fc
    .record({ number: fc.integer({ min: 30, max: 40 }), to: fc.nat(5), op: fc.constantFrom('add', 'remove') })
    .map(({ number, to, op }) => reaction(number, String(70_000 + to), { op })),
  fc.integer({ min: 2, max: 9 }).map((version) => change(version, 'title_changed', { title: `Title ${version}` })),
  fc.integer({ min: 2, max: 9 }).map((version) => change(version, 'member_joined', { user_id: CAROL, role: 'member' })),
  fc.integer({ min: 2, max: 9 }).map((version) => change(version, 'member_left', { user_id: CAROL })),
);

describe('whatever the log holds', () => {
  const anyLog = fc.array(anyRecord, { maxLength: 60 }).map((records) => [created(), ...records]);

  it('seq is dense from 1, versions only rise, times and n never fall', () => {
    fc.assert(
      fc.property(anyLog, (log) => {
        const entries = sequence(...log).map(({ entry }) => entry);
        expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, index) => index + 1));
        for (const [index, entry] of entries.slice(1).entries()) {
          const before = entries[index];
          expect(entry.sent_at).toBeGreaterThanOrEqual(before.sent_at);
          expect(entry.n).toBe(before.n + (entry.kind === 'message' ? 1 : 0));
          expect(entry.version - before.version).toBeGreaterThanOrEqual(entry.kind === 'update' ? 1 : 0);
        }
      }),
    );
  });

  it('each key, each version and each id has one entry', () => {
    fc.assert(
      fc.property(anyLog, (log) => {
        const entries = sequence(...log).map(({ entry }) => entry);
        const names = entries.map(({ sender_id, client_msg_id, version }) =>
          client_msg_id === null ? `version ${version}` : `${sender_id}/${client_msg_id}`,
        );
        expect(new Set(names).size).toBe(entries.length);
      }),
    );
  });

  it('what was accepted brings nothing new when it is written again', () => {
    fc.assert(
      fc.property(anyLog, (log) => {
        const accepted = sequence(...log).map(({ entry }) => log[entry.position.offset]);
        expect(sequence(...log, ...accepted)).toEqual(sequence(...log));
      }),
    );
  });
});
