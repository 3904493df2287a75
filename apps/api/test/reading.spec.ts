import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ErrorCode } from '@parley/contracts';
import { ConversationDirectory, type ConversationRecord } from '@parley/entities';
import { ConversationStore, InboxStore } from '@parley/message-store';
import { startApi, type ApiUnderTest } from './api-under-test.js';
import { call, expectProblem, register, type Answer } from './requests.js';
import { WrittenConversation } from './twins/written-conversation.js';

const GROUP = '500';
const STRANGER = '999';
const group: ConversationRecord = {
  conversation_id: GROUP,
  kind: 'group',
  title: 'Tea',
  user_ids: null,
  member_count: 2,
  created_at: Date.UTC(2026, 0, 1),
};
const directory = { findMany: async () => new Map([[GROUP, group]]) };

describe('reading over HTTP', () => {
  let api: ApiUnderTest;
  let token: string;

  beforeAll(async () => {
    api = await startApi({}, [{ provide: ConversationDirectory, useValue: directory }]);
    const { access_token, user } = await register(api.origin, 'reader');
    token = access_token;
    const conversation = new WrittenConversation(GROUP, api.app.get(ConversationStore), api.app.get(InboxStore));
    await conversation.join(user.user_id, 'owner');
    await conversation.join(STRANGER);
    for (let n = 1; n <= 4; n++) await conversation.message(STRANGER, `message ${n}`);
  });

  afterAll(() => api.close());

  const ask = (route: string, body?: unknown): Promise<Answer> => call(api.origin, route, { token, body });
  const history = async (query: string): Promise<{ seqs: number[]; before: string | null; after: string }> => {
    const { body } = await ask(`GET /conversations/${GROUP}/messages?${query}`);
    return { ...body, seqs: body.items.map(({ seq }: { seq: number }) => seq) };
  };

  it('lists conversations and shows one', async () => {
    const list = await ask('GET /conversations?limit=1');
    expect(list).toMatchObject({ status: 200, body: { items: [{ conversation_id: GROUP }], next_cursor: null } });
    const one = await ask(`GET /conversations/${GROUP}`);
    expect(one).toMatchObject({ status: 200, body: { title: 'Tea', kind: 'group', role: 'owner' } });
  });

  it('reads history in both directions', async () => {
    const newest = await history('limit=2');
    expect(newest.seqs).toEqual([6, 5]);
    const older = await history(`limit=10&before=${newest.before}`);
    expect(older.seqs).toEqual([4, 3, 2, 1]);
    expect(older.before).toBeNull();
    expect((await history(`limit=3&after=${older.after}`)).seqs).toEqual([5, 6]);
  });

  it('raises the read mark, and refuses one above the head', async () => {
    const read = await ask(`PUT /conversations/${GROUP}/read`, { seq: 5 });
    expect(read).toMatchObject({ status: 200, body: { conversation_id: GROUP, read_seq: 5, unread_count: 1 } });
    const above = await ask(`PUT /conversations/${GROUP}/read`, { seq: 7 });
    expectProblem(above, 'validation_failed');
    expect(above.body.errors).toEqual([expect.objectContaining({ path: 'seq' })]);
  });

  it.each<[string, ErrorCode]>([
    ['GET /conversations?limit=0', 'validation_failed'],
    ['GET /conversations?limit=201', 'validation_failed'],
    ['GET /conversations?order=asc', 'validation_failed'],
    ['GET /conversations?cursor=nonsense', 'invalid_cursor'],
    [`GET /conversations/${GROUP}/messages?limit=x`, 'validation_failed'],
    [`GET /conversations/${GROUP}/messages?before=AAAA&after=AAAA`, 'validation_failed'],
    [`GET /conversations/${GROUP}/messages?before=`, 'invalid_cursor'],
    [`GET /conversations/${GROUP}/messages?after=AAAA`, 'invalid_cursor'],
    [`PUT /conversations/${GROUP}/read`, 'validation_failed'],
    ['GET /conversations/4711', 'not_found'],
    ['GET /conversations/direct', 'not_found'],
    ['GET /conversations/4711/messages', 'not_found'],
    ['GET /conversations/not-an-id/messages', 'not_found'],
  ])('answers %s with %s', async (route, code) => {
    expectProblem(await ask(route), code);
  });

  it('marks nothing as read where the caller is no member', async () => {
    expectProblem(await ask('PUT /conversations/4711/read', { seq: 1 }), 'not_found');
  });

  it('needs a token', async () => {
    for (const path of ['/conversations', `/conversations/${GROUP}`, `/conversations/${GROUP}/messages`]) {
      expectProblem(await call(api.origin, `GET ${path}`), 'unauthorized');
    }
  });
});
