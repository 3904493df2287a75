import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ConversationStore } from '../conversation-store.js';
import type { ConversationRow, ReactionRow, StoredReaction } from '../rows.js';
import {
  blockChangeRow,
  clientMessageId,
  deduplicationRow,
  deletionRow,
  editRow,
  entryRow,
  historyRows,
  membershipEnd,
  membershipStart,
  reactionRow,
  storedEntry,
  USERS,
  type Step,
} from './sample-rows.js';

const LAST = Number.MAX_SAFE_INTEGER;
let conversations = 0;

/** What all conversation stores do. `open` gives a store that may hold other conversations. */
export function conversationStoreContract(name: string, open: () => Promise<ConversationStore>): void {
  describe(`${name} as a conversation store`, () => {
    let store: ConversationStore;
    let id: string;

    beforeEach(async () => {
      store = await open();
      id = newConversation();
    });

    const read = (from = 1, to = LAST, limit = 1_000, order: 'ascending' | 'descending' = 'ascending') =>
      store.readEntries(id, { from, to, limit, order });
    const seqs = async (...range: Parameters<typeof read>) => (await read(...range)).map((entry) => entry.seq);

    it('knows nothing of an unknown conversation', async () => {
      expect(await store.readHead(id)).toBe(0);
      expect(await read()).toEqual([]);
      expect(await store.readMemberships(id)).toEqual([]);
      expect(await store.readMembershipsOf(id, '901')).toEqual([]);
      expect(await store.readDeduplication(id, [{ sender_id: '901', client_msg_id: clientMessageId(1) }])).toEqual([]);
      expect(await store.readSeqs(id, ['70001'])).toEqual(new Map());
      expect(await store.readBlockChanges(id, { limit: 10 })).toEqual([]);
    });

    it('reads block changes back from the newest, in pages, each once however often it is written', async () => {
      const rows = [2, 3, 12].map((version) => blockChangeRow(id, version));
      const [first, second, newest] = rows;
      await store.write([newest, blockChangeRow(`${id}1`, 20), first]);
      await store.write([second, newest, first]);
      expect(await store.readBlockChanges(id, { limit: 10 })).toEqual([newest, second, first]);
      expect(await store.readBlockChanges(id, { limit: 1 })).toEqual([newest]);
      expect(await store.readBlockChanges(id, { below: 12, limit: 1 })).toEqual([second]);
      expect(await store.readBlockChanges(id, { below: 2, limit: 10 })).toEqual([]);
    });

    it('takes an empty write', async () => {
      await store.write([]);
      expect(await store.readHead(id)).toBe(0);
    });

    it('shows an entry as it was written', async () => {
      const content = { type: 'custom' as const, data: { list: [1, null, 'ü👋'], deep: { '': { n: 1.5 } } } };
      const row = entryRow(id, 1, { body: { content, mentions: ['7'], reply_to: '70009' } });
      await store.write([row]);
      expect(await read()).toEqual([storedEntry(row)]);
    });

    it('reads ranges in either direction, both ends included, up to the limit', async () => {
      await store.write([3, 1, 12, 2, 10, 11].map((seq) => entryRow(id, seq)));
      expect(await seqs()).toEqual([1, 2, 3, 10, 11, 12]);
      expect(await seqs(2, 11)).toEqual([2, 3, 10, 11]);
      expect(await seqs(2, 11, 3)).toEqual([2, 3, 10]);
      expect(await seqs(2, 11, 3, 'descending')).toEqual([11, 10, 3]);
      expect(await seqs(4, 9)).toEqual([]);
      expect(await seqs(5, 4)).toEqual([]);
    });

    it('keeps conversations apart whose ids begin alike', async () => {
      await store.write([
        entryRow(id, 1),
        entryRow(`${id}1`, 2),
        { row: 'head', conversation_id: `${id}1`, last_seq: 2 },
      ]);
      expect(await seqs()).toEqual([1]);
      expect(await store.readHead(id)).toBe(0);
    });

    it('never lets a head fall', async () => {
      for (const last_seq of [3, 7, 5, 7]) await store.write([{ row: 'head', conversation_id: id, last_seq }]);
      expect(await store.readHead(id)).toBe(7);
    });

    it('shows the newest edit, in whatever order edits arrive', async () => {
      await store.write([entryRow(id, 1), editRow(id, 1, 9)]);
      await store.write([editRow(id, 1, 4)]);
      expect(await read()).toMatchObject([{ edited_seq: 9, edited_at: 1_750_000_000_009, deleted_at: null }]);
      expect((await read())[0]?.body.content).toEqual({ type: 'text', text: 'text 1 as of 9' });
    });

    it('keeps a patch that arrives before its row, and shows no row meanwhile', async () => {
      await store.write([editRow(id, 2, 3)]);
      expect(await read()).toEqual([]);
      await store.write([entryRow(id, 1), entryRow(id, 3)]);
      expect(await seqs(1, LAST, 2)).toEqual([1, 3]);
      expect(await seqs(1, LAST, 2, 'descending')).toEqual([3, 1]);
      await store.write([entryRow(id, 2)]);
      expect(await read(2, 2)).toMatchObject([{ seq: 2, edited_seq: 3, body: { mentions: [] } }]);
    });

    it('keeps no content of a deleted message, in whatever order row, edit and deletion arrive', async () => {
      const [row, edit, deletion] = [entryRow(id, 1), editRow(id, 1, 2), deletionRow(id, 1, 3)];
      for (const order of [
        ...permutations<ConversationRow>([row, deletion]),
        ...permutations<ConversationRow>([row, edit, deletion]),
      ]) {
        id = newConversation();
        for (const written of order) await store.write([{ ...written, conversation_id: id }]);
        expect(await read()).toMatchObject([
          { deleted_seq: 3, deleted_at: 1_750_000_000_003, body: { content: null } },
        ]);
      }
    });

    it('shows the reactions to each message of a page, and to no other', async () => {
      const thumb = reactionRow(id, 2, 4);
      const party = reactionRow(id, 2, 5, { emoji: '🎉', user_id: '901' });
      const other = reactionRow(id, 3, 6);
      await store.write([1, 2, 3].map((seq) => entryRow(id, seq)));
      await store.write([thumb, party, other, reactionRow(`${id}1`, 1, 2), reactionRow(id, 12, 13)]);
      for (const order of ['ascending', 'descending'] as const) {
        const shown = new Map((await read(1, 3, 3, order)).map(({ seq, reactions }) => [seq, reactions]));
        expect(shown.get(1)).toEqual([]);
        expect(shown.get(2)).toHaveLength(2);
        expect(shown.get(2)).toEqual(expect.arrayContaining([reactionOf(thumb), reactionOf(party)]));
        expect(shown.get(3)).toEqual([reactionOf(other)]);
      }
      expect(await read(1, 1)).toMatchObject([{ reactions: [] }]);
      expect(await read(3, 3)).toMatchObject([{ reactions: [reactionOf(other)] }]);
    });

    it('keeps what a user said last about an emoji, in whatever order it arrives, and who else says what', async () => {
      const [first, taken, again] = [
        reactionRow(id, 1, 2),
        reactionRow(id, 1, 3, { op: 'remove', since_seq: 2 }),
        reactionRow(id, 1, 6, { since_seq: 2 }),
      ];
      const others = reactionRow(id, 1, 4, { user_id: '903', since_seq: 2 });
      for (const order of permutations([first, taken, again])) {
        id = newConversation();
        for (const row of [others, ...order, entryRow('', 1)]) await store.write([{ ...row, conversation_id: id }]);
        const [entry] = await read();
        expect(entry.reactions).toHaveLength(2);
        expect(entry.reactions).toEqual(expect.arrayContaining([reactionOf(again), reactionOf(others)]));
      }
    });

    it('shows no row for a reaction that arrives before its message', async () => {
      await store.write([reactionRow(id, 2, 3)]);
      expect(await read()).toEqual([]);
    });

    it('takes any text for an emoji byte for byte', async () => {
      const emoji = ['👨‍👩‍👧', '/', '%2F', ' ', ':tada:', "'", 'é', 'e\u0301'];
      await store.write([entryRow(id, 1), ...emoji.map((one, index) => reactionRow(id, 1, 2 + index, { emoji: one }))]);
      const [entry] = await read();
      expect(new Set(entry.reactions.map((reaction) => reaction.emoji))).toEqual(new Set(emoji));
    });

    it('lists intervals by user and start, with their ends', async () => {
      await store.write([
        membershipEnd(id, '902', 1, 4),
        membershipStart(id, '902', 1),
        membershipStart(id, '902', 10),
        membershipStart(id, '902', 9),
        membershipEnd(id, '902', 9, 9, 10),
        membershipStart(id, '901', 2),
      ]);
      const of902 = [
        { user_id: '902', from_seq: 1, to_seq: 4, end_by_seq: 4, role: 'admin' },
        { user_id: '902', from_seq: 9, to_seq: 9, end_by_seq: 10, role: 'admin' },
        { user_id: '902', from_seq: 10, to_seq: null, end_by_seq: null, role: 'member' },
      ];
      expect(await store.readMembershipsOf(id, '902')).toEqual(of902);
      expect(await store.readMemberships(id)).toEqual([
        { user_id: '901', from_seq: 2, to_seq: null, end_by_seq: null, role: 'member' },
        ...of902,
      ]);
    });

    it('shows no interval of which only the end has arrived', async () => {
      await store.write([membershipEnd(id, '902', 1, 4)]);
      expect(await store.readMemberships(id)).toEqual([]);
    });

    it('finds de-duplication rows by sender and client_msg_id together', async () => {
      const key = { sender_id: '901', client_msg_id: clientMessageId(1) };
      const row = deduplicationRow(id, 5, key);
      await store.write([row]);
      const others = [
        { ...key, sender_id: '902' },
        { ...key, client_msg_id: clientMessageId(2) },
      ];
      expect(await store.readDeduplication(id, [...others, key])).toEqual([row]);
    });

    it('finds the seq of each known message id', async () => {
      await store.write([entryRow(id, 1), entryRow(id, 2), entryRow(newConversation(), 3)]);
      expect(await store.readSeqs(id, ['70002', '70003', '70001'])).toEqual(
        new Map([
          ['70002', 2],
          ['70001', 1],
        ]),
      );
    });

    it('stores a write of thousands of rows', async () => {
      await store.write(Array.from({ length: 2_500 }, (_, index) => entryRow(id, index + 1)));
      expect(await seqs(1, LAST, 5_000)).toHaveLength(2_500);
      expect(await seqs(1, LAST, 3, 'descending')).toEqual([2_500, 2_499, 2_498]);
    });

    it('ends in one state, whatever was stored before, in whatever order and how often rows are written', async () => {
      await fc.assert(
        fc.asyncProperty(writesOfOneHistory, async ({ rows, before, replay, size }) => {
          const straight = newConversation();
          await store.write(rows.map((row) => ({ ...row, conversation_id: straight })));
          const winding = newConversation();
          const written = [...before, ...replay].map((row) => ({ ...row, conversation_id: winding }));
          for (let start = 0; start < written.length; start += size) {
            await store.write(written.slice(start, start + size));
          }
          expect(await everythingOf(store, winding, rows)).toEqual(await everythingOf(store, straight, rows));
        }),
        { numRuns: 60 },
      );
    });
  });
}

const step = fc.record<Step>({
  does: fc.constantFrom('message', 'edit', 'delete', 'react', 'unreact', 'join', 'leave', 'role'),
  user: fc.nat(USERS.length - 1),
  // Few targets, so that edits, deletions and reactions meet.
  target: fc.nat(2),
});

/** A history's rows; some of them, repeated and in any order; then all of them in any order. */
const writesOfOneHistory = fc.array(step, { minLength: 1, maxLength: 20 }).chain((steps) => {
  const rows = historyRows('0', steps);
  return fc.record({
    rows: fc.constant(rows),
    before: fc.array(fc.constantFrom(...rows), { maxLength: 40 }),
    replay: fc.shuffledSubarray(rows, { minLength: rows.length }),
    size: fc.integer({ min: 1, max: 30 }),
  });
});

async function everythingOf(store: ConversationStore, id: string, rows: readonly ConversationRow[]): Promise<unknown> {
  const keys = rows.flatMap((row) => (row.row === 'deduplication' ? [row] : []));
  const entries = await store.readEntries(id, { from: 1, to: LAST, limit: 1_000, order: 'ascending' });
  const answers = await store.readDeduplication(id, keys);
  return {
    head: await store.readHead(id),
    entries: entries.map((entry) => ({ ...entry, conversation_id: '' })),
    memberships: await store.readMemberships(id),
    answers: answers.map((row) => ({ ...row, conversation_id: '' })),
    seqs: await store.readSeqs(
      id,
      entries.map((entry) => entry.message_id),
    ),
  };
}

/** An id that no test used before, in this run or an earlier one over the same store. */
function newConversation(): string {
  conversations += 1;
  return `${Date.now()}${String(conversations).padStart(5, '0')}`;
}

function reactionOf({ row: _, conversation_id: __, seq: ___, ...reaction }: ReactionRow): StoredReaction {
  return reaction;
}

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length < 2) return [[...items]];
  return items.flatMap((item, index) => permutations(items.toSpliced(index, 1)).map((rest) => [item, ...rest]));
}
