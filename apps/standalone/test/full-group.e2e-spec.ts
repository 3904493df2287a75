import { ApiClient, TestUser, type ChatClient } from '@parley/harness';
import { beforeAll, describe, expect, it } from 'vitest';
import { range, seqsOf, textsOf } from './entries.js';
import { serverUnderTest } from './server-under-test.js';

const MEMBERS = 256;
/** Members with a session, over all gateways; the others are offline. */
const ONLINE = 40;
const SENDS = 30;

const server = serverUnderTest();

/** Accounts without a client: most members of a group are offline at any time. */
async function register(count: number): Promise<{ userId: string; api: ApiClient }[]> {
  const people: { userId: string; api: ApiClient }[] = [];
  for (let left = count; left > 0; left -= 16) {
    const some = await Promise.all(range(1, Math.min(16, left)).map(() => TestUser.register(server.url, 'crowd')));
    people.push(...some.map(({ userId, api }) => ({ userId, api })));
  }
  return people;
}

describe('A group with as many members as one can have', () => {
  let crowd: Awaited<ReturnType<typeof register>>;

  beforeAll(async () => {
    crowd = await register(MEMBERS - ONLINE);
  });

  async function full(): Promise<{ id: string; present: TestUser[]; clients: ChatClient[] }> {
    const present = await server.users(...range(1, ONLINE).map((n) => `present${n}`));
    const clients = await Promise.all(present.map((user) => user.online()));
    const others = [...present.slice(1), ...crowd].map(({ userId }) => userId);
    const { conversation_id: id } = await present[0].api.createGroup('Full', others);
    return { id, present, clients };
  }

  it('delivers the sends of many at once to everybody online in one order, and keeps them for the others', async () => {
    const { id, present, clients } = await full();
    const answers = await Promise.all(range(1, SENDS).map((n) => clients[n % ONLINE].send(id, `message ${n}`)));
    expect(answers.filter(({ ok }) => !ok)).toEqual([]);
    const last = 1 + SENDS;
    await Promise.all(clients.map((client) => client.untilShown(id, last)));
    const history = await present[0].api.wholeHistory(id);
    expect(seqsOf(history)).toEqual(range(1, last));
    for (const client of clients) expect(textsOf(client.timeline.of(id))).toEqual(textsOf(history));

    await expect
      .poll(async () => (await crowd.at(-1)?.api.conversation(id))?.unread_count, { timeout: 2_000 })
      .toBe(SENDS);
    expect(await crowd[0].api.conversation(id)).toMatchObject({ member_count: MEMBERS, last_seq: last });
    expect(seqsOf((await crowd[100].api.history(id, { limit: 200 })).items.toReversed())).toEqual(range(1, last));
  });

  it('takes nobody more until somebody has left, and tells all of it', async () => {
    const { id, present, clients } = await full();
    const [owner, leaver] = present;
    const late = await server.users('late').then(([user]) => user);
    const add = () => owner.api.request('PUT', `/groups/${id}/members/${late.userId}`, { body: {} });
    expect(await add()).toMatchObject({ status: 409, body: { code: 'conflict' } });
    await leaver.api.removeMember(id, leaver.userId);
    expect(await add()).toMatchObject({ status: 201, body: { seq: 3 } });
    await Promise.all(clients.toSpliced(1, 1).map((client) => client.untilShown(id, 3)));
    expect(seqsOf(clients[1].timeline.of(id))).toEqual([1, 2]);

    await owner.api.request('DELETE', `/groups/${id}`);
    await Promise.all(clients.toSpliced(1, 1).map((client) => client.untilShown(id, 4)));
    expect((await crowd[0].api.request('GET', `/conversations/${id}`)).status).toBe(404);
    expect((await crowd[0].api.inbox()).items.map(({ conversation_id }) => conversation_id)).not.toContain(id);
  });
});
