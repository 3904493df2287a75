import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ConversationKind, ConversationView, Page, Rejection } from '@parley/contracts';
import type { ConversationDirectory, ConversationRecord } from '@parley/entities';
import { EmbeddedConversationStore, EmbeddedInboxStore } from '@parley/message-store';
import { OrderedStore } from '@parley/ordered-store';
import { EntryReader, MarkRead, SystemReaderClock, type AnnounceReceipts } from '@parley/reading';
import { SystemClock } from '@parley/snowflake';
import { InMemoryUserDirectory } from '../../test/twins/accounts.js';
import { InMemoryMutes } from '../../test/twins/settings.js';
import { WrittenConversation } from '../../test/twins/written-conversation.js';
import { PageCursors } from '../http/page-cursors.js';
import { DescribeConversations } from './describe-conversations.js';
import { ListConversations } from './list-conversations.js';
import { ShowConversation } from './show-conversation.js';

const ALICE = '901';
const BOB = '902';
const notFound = expect.objectContaining({ ok: false, code: 'not_found' });

describe('conversations as a member sees them', () => {
  let folder: string;
  let ordered: OrderedStore;
  let store: EmbeddedConversationStore;
  let inbox: EmbeddedInboxStore;
  let records: Map<string, ConversationRecord>;
  let list: ListConversations;
  let showConversation: ShowConversation;
  let markRead: MarkRead;
  let announced: unknown[];

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'conversations-'));
    ordered = OrderedStore.open(folder);
    store = new EmbeddedConversationStore(ordered);
    inbox = new EmbeddedInboxStore(ordered);
    records = new Map();
    const directory = { findMany: async () => records } as unknown as ConversationDirectory;
    const users = new InMemoryUserDirectory();
    for (const [user_id, handle] of [
      [ALICE, 'alice'],
      [BOB, 'bob'],
    ] as const) {
      await users.create({ user_id, handle, display_name: null, avatar_url: null, created_at: 0 }, '');
    }
    const describeConversations = new DescribeConversations(
      directory,
      users,
      store,
      new InMemoryMutes(),
      new SystemClock(),
    );
    list = new ListConversations(inbox, describeConversations, new PageCursors(Buffer.alloc(32, 3)));
    showConversation = new ShowConversation(inbox, describeConversations);
    announced = [];
    const receipts = { request: (...marks: unknown[]) => announced.push(marks) } as unknown as AnnounceReceipts;
    markRead = new MarkRead(new EntryReader(store, new SystemReaderClock()), store, inbox, receipts);
  });

  afterEach(async () => {
    await ordered.close();
    rmSync(folder, { recursive: true });
  });

  const record = (conversation_id: string, kind: ConversationKind): void => {
    const isDirect = kind === 'direct';
    records.set(conversation_id, {
      conversation_id,
      kind,
      title: isDirect ? null : `group ${conversation_id}`,
      user_ids: isDirect ? [ALICE, BOB] : null,
      member_count: 2,
      created_at: Date.UTC(2026, 0, 1),
    });
  };

  /** A group of Alice's with Bob in it, both joined, then as many messages of Alice. */
  const group = async (id: string, messages = 0): Promise<WrittenConversation> => {
    record(id, 'group');
    const written = new WrittenConversation(id, store, inbox);
    await written.join(ALICE, 'owner');
    await written.join(BOB);
    for (let n = 1; n <= messages; n++) await written.message(ALICE, `message ${n}`);
    return written;
  };

  const show = async (id: string, userId = ALICE): Promise<ConversationView> => {
    const view = await showConversation.execute(userId, id);
    if ('ok' in view) throw new Error(view.code);
    return view;
  };
  const page = async (limit: number, cursor?: string, userId = ALICE): Promise<Page<ConversationView>> => {
    const answer = await list.execute(userId, { limit, cursor });
    if ('ok' in answer) throw new Error(answer.code);
    return answer;
  };
  const idsOn = ({ items }: Page<ConversationView>) => items.map((item) => item.conversation_id);

  describe('one conversation', () => {
    it('shows role, marks, unread count and the newest message', async () => {
      await group('500', 3);
      expect(await show('500', BOB)).toEqual({
        conversation_id: '500',
        kind: 'group',
        title: 'group 500',
        role: 'member',
        member_count: 2,
        peer: null,
        created_at: '2026-01-01T00:00:00.000Z',
        last_activity_at: '2026-01-01T00:00:05.000Z',
        last_seq: 5,
        last_message: expect.objectContaining({
          seq: 5,
          kind: 'message',
          content: { type: 'text', text: 'message 3' },
        }),
        read_seq: 0,
        delivered_seq: 0,
        unread_count: 3,
        muted: false,
        muted_until: null,
      });
    });

    it('counts own messages as read', async () => {
      const written = await group('500', 3);
      expect(await show('500')).toMatchObject({ role: 'owner', unread_count: 0, read_seq: 5 });
      await written.message(BOB, 'answer');
      expect(await show('500')).toMatchObject({ unread_count: 1 });
      expect(await show('500', BOB)).toMatchObject({ unread_count: 0, read_seq: 6 });
    });

    it('has no newest message while nobody has said anything', async () => {
      await group('500');
      expect(await show('500')).toMatchObject({ last_message: null, unread_count: 0, last_seq: 2 });
    });

    it('shows the other user of a direct conversation to either side', async () => {
      record('500', 'direct');
      const written = new WrittenConversation('500', store, inbox);
      await written.join(ALICE);
      await written.join(BOB);
      expect(await show('500')).toMatchObject({ kind: 'direct', title: null, peer: { user_id: BOB, handle: 'bob' } });
      expect(await show('500', BOB)).toMatchObject({ peer: { user_id: ALICE, handle: 'alice' } });
    });

    it('is not found by strangers and former members', async () => {
      const written = await group('500', 1);
      await written.leave(BOB);
      expect(await showConversation.execute(BOB, '500')).toEqual(notFound);
      expect(await showConversation.execute('903', '500')).toEqual(notFound);
      expect(await showConversation.execute(ALICE, '501')).toEqual(notFound);
    });

    it('shows one who returns nothing of what was said meanwhile', async () => {
      const written = await group('500', 1);
      await written.leave(BOB);
      await written.message(ALICE, 'not for Bob');
      await written.join(BOB);
      expect(await show('500', BOB)).toMatchObject({ last_message: null, unread_count: 0 });
      await written.message(ALICE, 'welcome back');
      expect(await show('500', BOB)).toMatchObject({ unread_count: 1, last_message: { seq: written.seq } });
    });
  });

  describe('the list', () => {
    it('shows the newest activity first, and no conversation that the user has left', async () => {
      await group('500', 2);
      await group('501', 5);
      await group('502', 3);
      const left = await group('503', 4);
      await left.leave(BOB);
      expect(idsOn(await page(50))).toEqual(['501', '503', '502', '500']);
      expect(await page(50, undefined, BOB)).toMatchObject({ items: [{}, {}, {}], next_cursor: null });
    });

    it('comes in pages that lead through all of it once, also where times are equal', async () => {
      const all = ['9', '10', '99', '100', '101'];
      for (const id of all) await group(id, 1);
      const seen: string[] = [];
      let cursor: string | undefined;
      for (let pages = 0; pages < 3; pages++) {
        const one = await page(2, cursor);
        seen.push(...idsOn(one));
        cursor = one.next_cursor ?? undefined;
      }
      expect(seen).toEqual(all.toReversed());
      expect(cursor).toBeUndefined();
    });

    it('repeats nothing while conversations become active between two pages', async () => {
      for (const id of ['500', '501', '502', '503']) await group(id, Number(id) - 499);
      const first = await page(2);
      expect(idsOn(first)).toEqual(['503', '502']);
      const busy = new WrittenConversation('502', store, inbox);
      busy.seq = 50;
      await busy.join(ALICE);
      await busy.message(ALICE, 'again');
      expect(idsOn(await page(2, first.next_cursor ?? ''))).toEqual(['501', '500']);
    });

    it('takes no cursor of another user', async () => {
      for (const id of ['500', '501']) await group(id, 1);
      const cursor = (await page(1)).next_cursor ?? '';
      expect(await list.execute(BOB, { limit: 1, cursor })).toMatchObject({ ok: false, code: 'invalid_cursor' });
    });
  });

  describe('reading', () => {
    const read = (seq: number, userId = BOB): Promise<{ read_seq: number; unread_count: number } | Rejection> =>
      markRead.execute(userId, '500', seq, 'phone');

    it('raises the mark, lowers the unread count, and is there for the next look', async () => {
      await group('500', 3);
      expect(await read(4)).toEqual({ conversation_id: '500', read_seq: 4, unread_count: 1 });
      expect(await show('500', BOB)).toMatchObject({ read_seq: 4, unread_count: 1 });
      expect(await read(5)).toMatchObject({ read_seq: 5, unread_count: 0 });
    });

    it('changes nothing where the mark is higher already', async () => {
      await group('500', 3);
      await read(5);
      expect(await read(3)).toMatchObject({ read_seq: 5, unread_count: 0 });
      expect(await read(0)).toMatchObject({ read_seq: 5, unread_count: 0 });
    });

    it('answers with the mark that stands, also where another device raises it further at the same time', async () => {
      await group('500', 3);
      const raise = inbox.raiseRead.bind(inbox);
      inbox.raiseRead = async (userId, conversationId, seq, n) => {
        await raise(userId, conversationId, seq, n);
        await raise(userId, conversationId, 5, 3);
      };
      expect(await read(3)).toMatchObject({ read_seq: 5, unread_count: 0 });
    });

    it('announces a mark that it raised, and nothing else', async () => {
      await group('500', 3);
      for (const seq of [4, 3, 4, 9]) await read(seq);
      expect(announced).toEqual([[BOB, '500', 'phone']]);
    });

    it('is refused above the head, and to everybody who is no member', async () => {
      const written = await group('500', 1);
      expect(await read(4)).toMatchObject({ ok: false, code: 'validation_failed', faults: [{ path: 'seq' }] });
      await written.leave(BOB);
      expect(await read(1)).toEqual(notFound);
      expect(await read(1, '903')).toEqual(notFound);
      expect(await markRead.execute(BOB, '501', 0, null)).toEqual(notFound);
    });

    it('stops at what the user may see', async () => {
      const written = await group('500', 1); // Bob sees 2 and 3
      await written.leave(BOB); // 4
      await written.message(ALICE, 'not for Bob'); // 5
      await written.join(BOB); // 6
      expect(await read(5)).toMatchObject({ read_seq: 4, unread_count: 0 });
      expect(await read(6)).toMatchObject({ read_seq: 6, unread_count: 0 });
    });
  });
});
