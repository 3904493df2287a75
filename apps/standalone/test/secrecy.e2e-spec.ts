import { randomUUID } from 'node:crypto';
import { RAISED_LIMITS, RawClient, type ApiAnswer, type TestUser } from '@parley/harness';
import { describe, expect, it } from 'vitest';
import { bySocket } from './message-changes.js';
import { standaloneUnderTest } from './server-under-test.js';

const CANARY = 'canary-b7f3';
const canary = (what: string): string => `${CANARY} ${what}`;
const emoji = 'canary\u{1F424}';

/** With the most talkative log that there is. */
describe('What users say, and what they prove themselves with', () => {
  const server = standaloneUnderTest({ ...RAISED_LIMITS, LOG_LEVEL: 'trace' });

  const metrics = async (): Promise<string> => {
    const address = /http:\/\/[^\s"]+\/metrics/.exec(server.running.output.lines.join('\n'))?.[0] ?? '';
    const texts = ['/metrics', '/health/ready'].map(async (path) => (await fetch(new URL(path, address))).text());
    return (await Promise.all(texts)).join('\n');
  };

  /** Everything a text can be in, over both faces. */
  async function talk(alice: TestUser, bob: TestUser): Promise<void> {
    const hers = await alice.online();
    const { conversation_id } = await alice.api.createGroup(canary('title'), [bob.userId]);
    await alice.api.rename(conversation_id, canary('new title'));
    const sent = await hers.send(conversation_id, canary('text'));
    if (!sent.ok) throw new Error(sent.error.code);
    const target = { conversation_id, target_id: sent.message_id };
    const answers = [
      await hers.send(conversation_id, { type: 'custom', data: { [CANARY]: CANARY } }),
      await alice.api.send(conversation_id, { type: 'text', text: canary('by REST') }),
      await bySocket.edit(hers, target, canary('edited')),
      await bySocket.react(hers, target, emoji),
      await bySocket.react(hers, target, emoji, 'remove'),
      await hers.send('4711', canary('to nobody')),
      await hers.request(CANARY, { [CANARY]: CANARY }),
      await hers.request('sync:pull', { [CANARY]: CANARY }),
      await hers.request('auth:refresh', { token: CANARY }),
    ];
    expect(answers).toHaveLength(9);
  }

  /** What a client proves itself with, right and wrong, and where a careless client puts it. */
  async function prove(alice: TestUser): Promise<ApiAnswer[]> {
    const { api } = alice;
    const password = canary('password');
    await api.call('PATCH', '/users/me', { body: { display_name: canary('name') } });
    const push = { provider: 'fcm', token: canary('push token') };
    const raw = await RawClient.open(server.url, { query: { token: CANARY }, headers: { 'x-token': CANARY } });
    raw.connect({ token: CANARY, device_id: CANARY, protocol: 1 });
    await raw.until(() => raw.frames.some((frame) => frame.startsWith('44')));
    raw.drop();
    return Promise.all([
      api.request('PUT', '/devices/phone', { body: { name: canary('phone') } }),
      api.request('PUT', '/devices/phone/push-token', { body: push }),
      api.request('POST', '/auth/register', { body: { handle: `c_${randomUUID().slice(0, 8)}`, password } }),
      api.request('POST', '/auth/login', { body: { handle: alice.handle, password } }),
      api.request('POST', '/auth/refresh', { body: { refresh_token: CANARY } }),
      api.request('POST', '/auth/login', { body: `{"handle":"${CANARY}` }),
      api.request('GET', '/users', { query: { handle: 'canary_b7f3' } }),
      api.request('GET', '/users', { query: { [CANARY]: CANARY } }),
      api.request('GET', '/conversations', { query: { cursor: CANARY } }),
      api.request('GET', `/${CANARY}/${CANARY}`),
      api.request('GET', '/users/me', { headers: { authorization: `Bearer ${CANARY}`, 'x-request-id': '<canary>' } }),
    ]);
  }

  it('stand in no log line, whatever its level, and in no metric', async () => {
    const [alice, bob] = await server.users('alice', 'bob');
    await talk(alice, bob);
    const statuses = (await prove(alice)).map(({ status }) => status);
    const { refreshToken: used, accessToken } = alice.api;
    await alice.api.refresh();
    await alice.api.request('POST', '/auth/refresh', { body: { refresh_token: used } });
    expect(statuses).toEqual([200, 204, 201, 401, 401, 400, 200, 400, 400, 404, 401]);

    const printed = server.running.output.lines.join('\n');
    const shown = await metrics();
    // The log is on, and the metrics are those of this talk.
    expect(printed).toContain(alice.userId);
    expect(shown).toContain('parley_sends_total{kind="edit",outcome="accepted"} 1');
    for (const text of [printed, shown]) expect(text).not.toMatch(/canary/i);
    for (const secret of [accessToken, alice.api.accessToken, used, alice.api.refreshToken, alice.password]) {
      expect(printed.includes(secret) || shown.includes(secret)).toBe(false);
    }
    // Metrics name nobody.
    expect(shown).not.toContain(alice.userId);
  });
});
