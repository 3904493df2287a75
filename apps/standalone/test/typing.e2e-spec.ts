import type { TypingView } from '@parley/contracts';
import { codeOf, type ChatClient, type TestUser } from '@parley/harness';
import { describe, expect, it } from 'vitest';
import { serverUnderTest } from './server-under-test.js';

const server = serverUnderTest();

const type = (client: ChatClient, conversation_id: string, typing = true) =>
  client.request('typing', { conversation_id, typing });
const heard = (client: ChatClient) => client.received<TypingView>('typing');
const told = (conversation_id: string, { userId: user_id }: TestUser, typing = true) => ({
  conversation_id,
  user_id,
  typing,
});

/** Typing is told at best: who has heard the second would have heard the first. */
async function untilHeard(client: ChatClient, count: number): Promise<void> {
  await client.until(() => heard(client).length >= count, { what: `typing ${count} times` });
}

describe('Typing', () => {
  it('is told to the devices of the others, wherever they are connected, and to none of whoever types', async () => {
    const [alice, bob] = await server.users('alice', 'bob');
    const { conversation_id: id } = await alice.api.direct(bob.userId);
    const [phone, laptop] = await Promise.all([alice.online('phone'), alice.online('laptop')]);
    const his = await Promise.all(['one', 'two', 'three'].map((device) => bob.online(device)));
    expect(await type(phone, id)).toEqual({ ok: true });
    await Promise.all(his.map((client) => untilHeard(client, 1)));
    expect(await type(phone, id, false)).toEqual({ ok: true });
    await Promise.all(his.map((client) => untilHeard(client, 2)));
    for (const client of his) expect(heard(client)).toEqual([told(id, alice), told(id, alice, false)]);
    expect([heard(phone), heard(laptop)]).toEqual([[], []]);
  });

  it('is for members: a stranger is answered like one who names nothing, and an ex-member is told no more', async () => {
    const [alice, bob, carol] = await server.users('alice', 'bob', 'carol');
    const { conversation_id: id } = await alice.api.createGroup('Ours', [bob.userId, carol.userId]);
    const [hers, his, carols] = await Promise.all([alice.online(), bob.online(), carol.online()]);
    await type(hers, id);
    await Promise.all([his, carols].map((client) => untilHeard(client, 1)));
    await alice.api.removeMember(id, carol.userId);
    await type(his, id);
    await untilHeard(hers, 1);
    expect(heard(carols)).toHaveLength(1);
    for (const one of [id, '4711', '9999999999999999999']) {
      expect(codeOf(await type(carols, one))).toBe('not_found');
    }
    expect(heard(hers)).toEqual([told(id, bob)]);
  });

  it('does not cross a block, from either side, in a direct conversation or in a group', async () => {
    const [alice, bob, carol] = await server.users('alice', 'bob', 'carol');
    const { conversation_id: id } = await alice.api.direct(bob.userId);
    const { conversation_id: common } = await carol.api.createGroup('Common', [alice.userId, bob.userId]);
    const [hers, his, carols] = await Promise.all([alice.online(), bob.online(), carol.online()]);
    await bob.api.request('PUT', `/blocks/${alice.userId}`);
    expect(await type(hers, id)).toEqual({ ok: true });
    expect(await type(his, id)).toEqual({ ok: true });
    await type(hers, common);
    await type(his, common);
    await untilHeard(carols, 2);
    expect(heard(carols)).toEqual([told(common, alice), told(common, bob)]);
    await type(carols, common);
    await Promise.all([hers, his].map((client) => untilHeard(client, 1)));
    expect([heard(hers), heard(his)]).toEqual([[told(common, carol)], [told(common, carol)]]);
    await bob.api.request('DELETE', `/blocks/${alice.userId}`);
    await expect
      .poll(async () => {
        await type(hers, id);
        return heard(his);
      })
      .toContainEqual(told(id, alice));
  });

  it('of 200 words at once tells a few, and ends with the last one', async () => {
    const [alice, bob] = await server.users('alice', 'bob');
    const { conversation_id: id } = await alice.api.direct(bob.userId);
    const [hers, his] = await Promise.all([alice.online(), bob.online()]);
    const words = Array.from({ length: 200 }, (_, n) => n % 2 === 0);
    const answers = await Promise.all(words.map((typing) => type(hers, id, typing)));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(200);
    await his.until(() => heard(his).some((word) => !word.typing));
    expect(heard(his)).toEqual([told(id, alice), told(id, alice, false)]);
  });
});
