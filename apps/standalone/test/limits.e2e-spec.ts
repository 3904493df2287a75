import { randomUUID } from 'node:crypto';
import { codeOf, RAISED_LIMITS, type Answer, type ChatClient, type Sent } from '@parley/harness';
import { describe, expect, it } from 'vitest';
import { range } from './entries.js';
import { serverUnderTest } from './server-under-test.js';

const { REGISTER_LIMIT_PER_MIN } = RAISED_LIMITS;

/** One attempt, without the retries of a well-behaved client. */
function attempt(client: ChatClient, conversationId: string, key: string): Promise<Answer<Sent>> {
  const content = { type: 'text', text: 'rush' };
  return client.request('message:send', { client_msg_id: key, conversation_id: conversationId, content });
}

describe('With the default limits', () => {
  const server = serverUnderTest({ REGISTER_LIMIT_PER_MIN });

  it('a user sends a burst of 40 over all devices, and is told when to go on', async () => {
    const [alice, bob] = await server.users('alice', 'bob');
    const [phone, laptop] = await Promise.all([alice.online('phone'), alice.online('laptop')]);
    const { conversation_id: id } = await alice.api.direct(bob.userId);
    const keys = range(1, 80).map(() => randomUUID());
    const answers = await Promise.all(keys.map((key, n) => attempt(n % 2 ? phone : laptop, id, key)));

    const accepted = answers.filter(({ ok }) => ok).length;
    expect(accepted).toBeGreaterThanOrEqual(40);
    expect(accepted).toBeLessThan(60);
    const refused = answers.findIndex(({ ok }) => !ok);
    const refusal = answers[refused];
    expect(refusal).toMatchObject({ ok: false, error: { code: 'rate_limited', retryable: true } });
    const wait = refusal.ok ? 0 : (refusal.error.retry_after_ms ?? 0);
    expect(wait).toBeGreaterThan(0);
    expect((await alice.api.conversation(id)).last_seq).toBe(accepted + 1);

    await new Promise((resolve) => setTimeout(resolve, wait + 50));
    expect(await attempt(phone, id, keys[refused])).toMatchObject({ ok: true, seq: accepted + 2 });
  });

  it('REST counts into the same limit and answers with Retry-After', async () => {
    const [alice, bob] = await server.users('alice', 'bob');
    const hers = await alice.online();
    const { conversation_id: id } = await alice.api.direct(bob.userId);
    const post = () =>
      alice.api.request('POST', `/conversations/${id}/messages`, {
        headers: { 'idempotency-key': randomUUID() },
        body: { content: { type: 'text', text: 'too fast' } },
      });
    const [, ...posted] = await Promise.all([
      Promise.all(range(1, 60).map(() => attempt(hers, id, randomUUID()))),
      ...range(1, 20).map(post),
    ]);
    const refused = posted.find(({ status }) => status !== 201);
    expect(refused).toMatchObject({ status: 429, body: { code: 'rate_limited', status: 429 } });
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
  });

  it('a conversation takes 60 sends a second, whoever sends them', async () => {
    const users = await server.users('a', 'b', 'c', 'd', 'e');
    const clients = await Promise.all(users.map((user) => user.online()));
    const [owner, ...others] = users;
    const { conversation_id: id } = await owner.api.createGroup(
      'Busy',
      others.map(({ userId }) => userId),
    );
    const answers = await Promise.all(
      clients.flatMap((client) => range(1, 36).map(() => attempt(client, id, randomUUID()))),
    );
    expect(new Set(answers.map((answer) => codeOf(answer)))).toEqual(new Set([undefined, 'rate_limited']));
    const accepted = answers.filter(({ ok }) => ok).length;
    expect((await owner.api.conversation(id)).last_seq).toBe(accepted + 1);
  });

  it('a client that waits as told gets everything through', async () => {
    const [alice, bob] = await server.users('alice', 'bob');
    const hers = await alice.online();
    const { conversation_id: id } = await alice.api.direct(bob.userId);
    const answers = await Promise.all(range(1, 90).map((n) => hers.send(id, `message ${n}`)));
    expect(answers.every(({ ok }) => ok)).toBe(true);
    expect((await alice.api.conversation(id)).last_seq).toBe(91);
  });

  it('a size of 16,384 bytes passes and one more does not, on both faces', async () => {
    const [alice, bob] = await server.users('alice', 'bob');
    const hers = await alice.online();
    const { conversation_id: id } = await alice.api.direct(bob.userId);
    const frame = Buffer.byteLength(JSON.stringify({ type: 'text', text: '' }));
    // Two bytes a character in UTF-8, then single ones to fill up.
    const text = (bytes: number): string => 'é'.repeat(4_000) + 'x'.repeat(bytes - frame - 8_000);

    expect(await hers.send(id, text(16_384))).toMatchObject({ ok: true });
    expect(codeOf(await hers.send(id, text(16_385)))).toBe('payload_too_large');
    const { status, body } = await alice.api.request('POST', `/conversations/${id}/messages`, {
      headers: { 'idempotency-key': randomUUID() },
      body: { content: { type: 'text', text: text(16_385) } },
    });
    expect([status, body]).toMatchObject([413, { code: 'payload_too_large' }]);
    const [newest] = (await bob.api.history(id)).items;
    expect(newest.content).toEqual({ type: 'text', text: text(16_384) });
  });
});
