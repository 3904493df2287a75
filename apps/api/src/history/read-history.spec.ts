import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HistoryView, Rejection } from '@parley/contracts';
import { EmbeddedConversationStore, EmbeddedInboxStore } from '@parley/message-store';
import { OrderedStore } from '@parley/ordered-store';
import { EntryReader, ReaderClock } from '@parley/reading';
import { WrittenConversation } from '../../test/twins/written-conversation.js';
import { PageCursors } from '../http/page-cursors.js';
import { ReadHistory } from './read-history.js';

const ALICE = '901';
const BOB = '902';
const notFound = expect.objectContaining({ ok: false, code: 'not_found' });
const invalid = expect.objectContaining({ ok: false, code: 'invalid_cursor' });

/** Waits take no time. */
class HurriedClock extends ReaderClock {
  private now = 0;
  override monotonicMs(): number {
    return this.now;
  }
  override async sleep(ms: number): Promise<void> {
    this.now += ms;
  }
}

describe('ReadHistory', () => {
  let folder: string;
  let ordered: OrderedStore;
  let store: EmbeddedConversationStore;
  let group: WrittenConversation;
  let history: ReadHistory;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'history-'));
    ordered = OrderedStore.open(folder);
    store = new EmbeddedConversationStore(ordered);
    group = new WrittenConversation('500', store, new EmbeddedInboxStore(ordered));
    history = new ReadHistory(new EntryReader(store, new HurriedClock()), new PageCursors(Buffer.alloc(32, 3)));
    await group.join(ALICE, 'owner');
    for (let seq = 2; seq <= 7; seq++) await group.message(ALICE, `message ${seq}`);
  });

  afterEach(async () => {
    await ordered.close();
    rmSync(folder, { recursive: true });
  });

  const read = async (query: { before?: string; after?: string; limit?: number } = {}, userId = ALICE) =>
    history.execute(userId, '500', { limit: 50, ...query });
  const shown = (answer: HistoryView | Rejection): HistoryView => {
    if ('ok' in answer) throw new Error(answer.code);
    return answer;
  };
  const seqs = (answer: HistoryView | Rejection) => shown(answer).items.map(({ seq }) => seq);

  it('shows the newest entries of every kind first', async () => {
    const all = shown(await read());
    expect(seqs(all)).toEqual([7, 6, 5, 4, 3, 2, 1]);
    expect(all.before).toBeNull();
    expect(all.items.at(-1)).toMatchObject({ kind: 'update', change: 'member_joined' });
  });

  it('goes on to older entries with before, to the very first', async () => {
    const first = shown(await read({ limit: 3 }));
    const second = shown(await read({ limit: 3, before: first.before ?? '' }));
    const third = shown(await read({ limit: 3, before: second.before ?? '' }));
    expect([first, second, third].map(seqs)).toEqual([[7, 6, 5], [4, 3, 2], [1]]);
    expect(third.before).toBeNull();
  });

  it('goes on to newer entries with after, oldest first, also to those that came later', async () => {
    const first = shown(await read({ limit: 2 }));
    expect(seqs(await read({ after: first.after }))).toEqual([]);
    await group.message(ALICE, 'later');
    await group.message(ALICE, 'and later');
    const newer = shown(await read({ after: first.after, limit: 1 }));
    expect(seqs(newer)).toEqual([8]);
    expect(seqs(await read({ after: newer.after }))).toEqual([9]);
  });

  it('turns round without losing or repeating an entry', async () => {
    const newest = shown(await read({ limit: 2 }));
    const older = shown(await read({ limit: 2, before: newest.before ?? '' }));
    expect(seqs(await read({ after: older.after }))).toEqual([6, 7]);
    const newer = shown(await read({ after: older.after, limit: 1 }));
    expect(seqs(await read({ before: newer.before ?? '' }))).toEqual([5, 4, 3, 2, 1]);
    const nothing = shown(await read({ after: newest.after }));
    expect(seqs(await read({ before: nothing.before ?? '', limit: 2 }))).toEqual([7, 6]);
  });

  it('shows nobody who never was a member anything, nor anything of an unknown conversation', async () => {
    expect(await read({}, BOB)).toEqual(notFound);
    expect(await history.execute(ALICE, '501', { limit: 50 })).toEqual(notFound);
  });

  it('shows the intervals of membership and nothing between or after them', async () => {
    await group.join(BOB); // 8
    await group.message(ALICE, 'seen'); // 9
    await group.leave(BOB); // 10
    await group.message(ALICE, 'not seen'); // 11
    expect(seqs(await read({}, BOB))).toEqual([10, 9, 8]);
    await group.join(BOB); // 12
    expect(seqs(await read({}, BOB))).toEqual([12, 10, 9, 8]);
    const first = shown(await read({ limit: 2 }, BOB));
    const rest = shown(await read({ limit: 2, before: first.before ?? '' }, BOB));
    expect([seqs(first), seqs(rest), rest.before]).toEqual([[12, 10], [9, 8], null]);
  });

  it('takes no cursor of another user, another conversation or its own making', async () => {
    await group.join(BOB);
    const { after } = shown(await read({ limit: 2 }));
    expect(await read({ after }, BOB)).toEqual(invalid);
    expect(await history.execute(ALICE, '501', { after, limit: 50 })).toEqual(invalid);
    expect(await read({ before: '5' })).toEqual(invalid);
  });

  it('takes one cursor, not two', async () => {
    const { after } = shown(await read({ limit: 2 }));
    expect(await read({ after, before: after })).toMatchObject({ ok: false, code: 'validation_failed' });
  });

  it('asks for patience where the next entry is not there yet', async () => {
    const row = { row: 'head', conversation_id: '500' } as const;
    await store.write([{ ...row, last_seq: 8 }]);
    expect(await read()).toMatchObject({ ok: false, code: 'unavailable' });
    await group.message(ALICE, 'now it is there');
    expect(seqs(await read({ limit: 2 }))).toEqual([8, 7]);
  });
});
