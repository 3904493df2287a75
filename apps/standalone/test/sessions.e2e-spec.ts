import { codeOf, RAISED_LIMITS, type ChatClient, type ConnectRefusal, type TestUser } from '@parley/harness';
import { describe, expect, it, vi } from 'vitest';
import { range } from './entries.js';
import { serverUnderTest } from './server-under-test.js';

/** The refusal of a handshake with these fields. */
async function refusalOf(user: TestUser, auth: Record<string, unknown>): Promise<ConnectRefusal | undefined> {
  const client = user.device('phone', { auth }).connect();
  await client.ready().catch(() => undefined);
  // A library that would try again is still active.
  expect(client.socket.active).toBe(false);
  return client.refusals[0];
}

function untilClosed(client: ChatClient, timeoutMs: number): Promise<void> {
  return client.until(() => client.closings.length > 0 && !client.socket.connected, { timeoutMs, what: 'the end' });
}

describe('A handshake', () => {
  const server = serverUnderTest();
  const REFUSED: Record<string, [code: string, auth: Record<string, unknown>]> = {
    'no token, before anything else': ['unauthorized', { token: undefined, protocol: 9, device_id: '!' }],
    'a token that is none': ['unauthorized', { token: 'a.b.c' }],
    'a token of another type': ['unauthorized', { token: { toString: 'x' } }],
    'an unknown protocol, before the device': ['unsupported_protocol', { protocol: 2, device_id: '!' }],
    'no protocol': ['unsupported_protocol', { protocol: undefined }],
    'a protocol as text': ['unsupported_protocol', { protocol: '1' }],
    'a malformed device': ['validation_failed', { device_id: 'my phone' }],
    'a device of 65 characters': ['validation_failed', { device_id: 'x'.repeat(65) }],
    'no device': ['validation_failed', { device_id: undefined }],
    'malformed positions': ['validation_failed', { after_seq: { '12': -1 } }],
    'a field that is not known': ['validation_failed', { admin: true }],
  };

  it.each(Object.entries(REFUSED))('is refused for good with %s', async (_name, [code, auth]) => {
    const [alice] = await server.users('alice');
    const refusal = await refusalOf(alice, auth);
    expect(refusal?.message).toBe(code);
    expect(refusal?.data).toMatchObject({ code, retryable: false });
  });

  it('tells the session, the device and the limits', async () => {
    const [alice] = await server.users('alice');
    const hers = await alice.online('my-phone_1');
    expect(hers.session).toMatchObject({
      user_id: alice.userId,
      device_id: 'my-phone_1',
      device_is_new: true,
      limits: { message_bytes: 16_384, frame_bytes: 65_536, page_size: 200, window_entries: 200 },
    });
  });

  it('is refused for an eleventh device, while the ten go on', async () => {
    const [alice] = await server.users('alice');
    await Promise.all(range(1, 10).map((n) => alice.online(`device-${n}`)));
    const eleventh = alice.device('device-11').connect();
    await expect(eleventh.ready()).rejects.toThrow('device_limit');
    expect(alice.clients.filter(({ socket }) => socket.connected)).toHaveLength(10);
    expect((await alice.online('device-3')).session?.device_is_new).toBe(false);
  });
});

describe('A session', () => {
  const server = serverUnderTest();

  it('is replaced by a newer one of the same device, and by no other', async () => {
    const [alice, bob] = await server.users('alice', 'bob');
    const [first, laptop] = await Promise.all([alice.online('phone'), alice.online('laptop')]);
    const second = await alice.online('phone');
    await untilClosed(first, 5_000);
    expect(first.closings).toMatchObject([{ code: 'replaced', reconnect: false }]);
    expect(first.socket.active).toBe(false);

    const { conversation_id: id } = await alice.api.direct(bob.userId);
    await Promise.all([second, laptop].map((client) => client.untilShown(id, 1)));
    expect(first.timeline.shown).toEqual([]);
  });

  it('stays one when a device connects many times at once', async () => {
    const [alice] = await server.users('alice');
    const clients = range(1, 10).map(() => alice.device('phone').connect());
    const ended = (): number => clients.filter(({ closings }) => closings[0]?.code === 'replaced').length;
    await vi.waitFor(() => expect(ended()).toBe(9), 5_000);
    expect(clients.filter(({ socket }) => socket.connected)).toHaveLength(1);
  });

  it('ends within 5 s of a logout, and its tokens with it', async () => {
    const [alice] = await server.users('alice');
    const hers = await alice.online();
    await alice.api.logout();
    await untilClosed(hers, 5_000);
    expect(hers.closings).toMatchObject([{ code: 'revoked', reconnect: false }]);
    await vi.waitFor(async () => {
      const { status, body } = await alice.api.request('GET', '/users/me');
      expect([status, body]).toMatchObject([401, { code: 'unauthorized' }]);
    }, 5_000);
    expect((await refusalOf(alice, {}))?.message).toBe('unauthorized');
  });

  it('leaves the sessions of another login alone', async () => {
    const [alice] = await server.users('alice');
    const before = alice.api.accessToken;
    await alice.api.login(alice.handle, alice.password);
    const [first, second] = [alice.device('first', { token: () => before }), alice.device('second')];
    await Promise.all([first, second].map((client) => client.connect().ready()));
    await alice.api.logout();
    await untilClosed(second, 5_000);
    expect(first.socket.connected).toBe(true);
  });

  it('ends when a refresh token of its login is used a second time', async () => {
    const [alice] = await server.users('alice');
    const hers = await alice.online();
    const used = alice.api.refreshToken;
    await alice.api.refresh();
    const { status, body } = await alice.api.request('POST', '/auth/refresh', { body: { refresh_token: used } });
    expect([status, body]).toMatchObject([401, { code: 'token_reused' }]);
    await untilClosed(hers, 5_000);
    expect(hers.closings).toMatchObject([{ code: 'revoked', reconnect: false }]);
  });
});

describe('A session with a short token', () => {
  const server = serverUnderTest({ ...RAISED_LIMITS, ACCESS_TOKEN_TTL_S: '3' });

  it('ends with it, within 2 s', async () => {
    const [alice] = await server.users('alice');
    const expired = alice.api.accessToken;
    const hers = await alice.online();
    await untilClosed(hers, 5_500);
    expect(hers.closings).toMatchObject([{ code: 'token_expired', reconnect: false }]);
    expect((await refusalOf(alice, { token: expired, protocol: 9 }))?.message).toBe('token_expired');
    const { status, body } = await alice.api.request('GET', '/users/me');
    expect([status, body]).toMatchObject([401, { code: 'token_expired' }]);
  });

  it('goes on with a new one, and ends with that', async () => {
    const [alice] = await server.users('alice');
    const hers = await alice.online();
    await alice.api.refresh();
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    const { access_token } = await alice.api.refresh();
    const answer = await hers.request<{ expires_at: string }>('auth:refresh', { token: access_token });
    const expiresAt = answer.ok ? Date.parse(answer.expires_at) : 0;
    await untilClosed(hers, 8_000);
    expect(Date.now()).toBeGreaterThanOrEqual(expiresAt - 50);
    expect(Date.now()).toBeLessThan(expiresAt + 2_000);
    expect(hers.closings).toMatchObject([{ code: 'token_expired', reconnect: false }]);
  });

  it('refuses a bad token and goes on until the present one ends', async () => {
    const [alice, mallory] = await server.users('alice', 'mallory');
    const hers = await alice.online();
    expect(codeOf(await hers.request('auth:refresh', { token: 'garbage' }))).toBe('unauthorized');
    expect(codeOf(await hers.request('auth:refresh', { token: mallory.api.accessToken }))).toBe('unauthorized');
    expect(codeOf(await hers.request('auth:refresh', { token: 7 }))).toBe('validation_failed');
    expect(hers.socket.connected).toBe(true);
    await untilClosed(hers, 5_500);
    expect(hers.closings).toMatchObject([{ code: 'token_expired' }]);
  });
});
