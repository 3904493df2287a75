import { acceptedSends, check, observedEntry, type Observations, type TestUser } from '@parley/harness';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { LoadProcess } from './crash/load-process.js';
import type { LoadConversation, LoadResult } from './crash/messages.js';
import { range } from './entries.js';
import { standaloneUnderTest } from './server-under-test.js';

const KILLS = 10;
const SENDS_PER_SECOND = 200;
const LEAST_ACCEPTED = 2_000;
/** How long the server lives between two kills, in milliseconds. */
const LIFE = { least: 600, most: 2_000 };
function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

describe('A server that is killed ten times under load', () => {
  const server = standaloneUnderTest();
  const load = new LoadProcess();
  const conversations: LoadConversation[] = [];
  let users: TestUser[];
  let result: LoadResult;
  let observations: Observations;

  async function killAgainAndAgain(): Promise<void> {
    for (const kill of range(1, KILLS)) {
      const accepted = load.accepted;
      await sleep(LIFE.least + Math.random() * (LIFE.most - LIFE.least));
      await vi.waitFor(
        () => expect(load.accepted, `no send accepted before kill ${kill}`).toBeGreaterThan(accepted),
        5_000,
      );
      load.kill();
      await server.running.restart('SIGKILL');
    }
    await vi.waitFor(() => expect(load.accepted).toBeGreaterThanOrEqual(LEAST_ACCEPTED), 20_000);
  }

  async function histories(): Promise<Observations['conversations']> {
    return Promise.all(
      conversations.map(async ({ conversationId, members }) => {
        const { api } = users[members[0]];
        const history = (await api.wholeHistory(conversationId)).map(observedEntry);
        return {
          conversation: conversationId,
          history,
          members: members.map((member) => ({ user: users[member].userId, from: 1, to: null })),
        };
      }),
    );
  }

  beforeAll(async () => {
    users = await server.users('ann', 'bob', 'cid', 'dan');
    const known = users.map(({ userId, api }) => ({ userId, token: api.accessToken }));
    await load.connect(server.url, known);
    const [ann, bob, cid, dan] = users;
    const group = await ann.api.createGroup('Crash', [bob.userId, cid.userId, dan.userId]);
    conversations.push({ conversationId: group.conversation_id, members: [0, 1, 2, 3] });
    conversations.push({ conversationId: (await ann.api.direct(bob.userId)).conversation_id, members: [0, 1] });
    conversations.push({ conversationId: (await cid.api.direct(dan.userId)).conversation_id, members: [2, 3] });

    load.start(conversations, SENDS_PER_SECOND);
    await killAgainAndAgain();
    result = await load.finish();
    const { sends, devices, reads } = result;
    observations = { sends, devices, reads, inboxes: [], conversations: await histories() };
  }, 90_000);
  afterAll(() => load.stop());

  it('accepted at least 2,000 sends, and the kills made clients retry', () => {
    expect(acceptedSends(observations)).toBeGreaterThanOrEqual(LEAST_ACCEPTED);
    expect(result.retried).toBeGreaterThan(0);
    expect(observations.reads.length).toBeGreaterThan(0);
  });

  it('gave every send a verdict', () => {
    expect(observations.sends.filter(({ outcome }) => outcome.result !== 'accepted')).toEqual([]);
  });

  it('lost, doubled, reordered and invented nothing, on any device and in history, and left no hole', () => {
    expect(check(observations)).toEqual([]);
  });

  it('answers every accepted key with the same verdict again', () => {
    expect(result.repeated.keys).toBe(acceptedSends(observations));
    expect(result.repeated.otherwise).toEqual([]);
  });
});
