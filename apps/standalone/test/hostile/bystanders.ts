import { TestUser, type ChatClient } from '@parley/harness';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import type { ServerUnderTest } from '../server-under-test.js';

/**
 * Two people who chat while somebody else attacks the server. After each test of the suite their connections are still
 * the first ones, a message goes from one to the other, and every process of the server is still the one it was.
 */
export function twoOthersChatting(server: ServerUnderTest): { readonly users: readonly TestUser[] } {
  const users: TestUser[] = [];
  let hers: ChatClient;
  let his: ChatClient;
  let conversationId: string;
  let pids: number[];
  const presentPids = (): number[] => server.running.processes.map(({ pid }) => pid);

  beforeAll(async () => {
    pids = presentPids();
    users.push(...(await Promise.all(['alice', 'bob'].map((name) => TestUser.register(server.url, name)))));
    const [alice, bob] = users;
    [hers, his] = await Promise.all([alice.online(), bob.online()]);
    conversationId = (await alice.api.direct(bob.userId)).conversation_id;
  });
  afterEach(async () => {
    expect(presentPids()).toEqual(pids);
    expect([hers, his].map(({ connection, session }) => [connection, session !== null])).toEqual([
      [1, true],
      [1, true],
    ]);
    const answer = await hers.send(conversationId, 'still here');
    expect(answer).toMatchObject({ ok: true });
    if (answer.ok) await his.untilShown(conversationId, answer.seq);
  });
  afterAll(() => users.forEach((user) => user.leave()));

  return { users };
}
