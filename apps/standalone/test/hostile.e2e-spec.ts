import { randomUUID } from 'node:crypto';
import { RawClient, TestUser, type Problem } from '@parley/harness';
import { beforeAll, describe, expect, it } from 'vitest';
import { range } from './entries.js';
import { twoOthersChatting } from './hostile/bystanders.js';
import { hostileEvents } from './hostile/events.js';
import { FRAMES, TOO_LARGE, WEBSOCKET_BYTES } from './hostile/frames.js';
import { rawHttp, request, UPGRADE } from './hostile/raw-http.js';
import { BYTES, REQUESTS } from './hostile/requests.js';
import { serverUnderTest } from './server-under-test.js';

/** An unauthenticated connection ends within 5 s; a second more for the clock of a busy machine. */
const NEVER_AUTHENTICATED_MS = 6_000;

describe('Whatever is thrown at the server, two others go on chatting', () => {
  const server = serverUnderTest();
  const bystanders = twoOthersChatting(server);
  let mallory: TestUser;
  /** mallory is a member here. */
  let conversationId: string;

  const auth = (): Record<string, unknown> => ({
    token: mallory.api.accessToken,
    device_id: `evil-${Math.floor(Math.random() * 5)}`,
    protocol: 1,
  });
  const session = (): Promise<RawClient> => RawClient.session(server.url, auth());

  beforeAll(async () => {
    mallory = await TestUser.register(server.url, 'mallory');
    conversationId = (await mallory.api.direct(bystanders.users[0].userId)).conversation_id;
  });

  it.each(Object.entries(FRAMES))('%s', async (_name, frames) => {
    const authenticated = await session();
    for (const frame of frames) authenticated.send(frame);
    for (const frame of frames) {
      const [alone, stranger] = await Promise.all([session(), RawClient.open(server.url)]);
      alone.send(frame);
      stranger.send(frame);
      alone.drop();
      stranger.drop();
    }
    authenticated.drop();
  });

  it.each(Object.entries(TOO_LARGE))('%s over the limit closes its connection', async (_name, frame) => {
    const client = await session();
    client.send(frame);
    await client.untilClosed();
  });

  it.each(Object.entries(WEBSOCKET_BYTES))('a WebSocket with %s', async (_name, bytes) => {
    const { text } = await rawHttp(server.port, UPGRADE, Uint8Array.from(bytes));
    expect(text).toContain('101 Switching Protocols');
  });

  it('every malformed event is answered with its code, and its socket lives', async () => {
    const client = await session();
    for (const { event, payloads, code } of hostileEvents(conversationId)) {
      const answer = await client.ask(event, ...payloads);
      const asked = `${String(event).slice(0, 40)} ${payloads.join(', ').slice(0, 200)}`;
      expect({ asked, answer }).toMatchObject({
        asked,
        answer: { ok: false, error: { code, retryable: false, message: expect.any(String) } },
      });
    }
    expect(client.closed).toBeNull();
    expect((await mallory.api.conversation(conversationId)).last_seq).toBe(1);
    client.drop();
  });

  it('without a callback the refusal comes as session:error', async () => {
    const client = await session();
    client.send('42["message:send",null]');
    client.send('42["nonsense",{}]');
    client.send('42["message:ack",{"positions":{"4711":1}}]');
    await client.until(() => client.events('session:error').length === 3);
    const refusals = client.events('session:error') as { event: string; error: { code: string } }[];
    expect(new Set(refusals.map(({ event, error }) => `${event}: ${error.code}`))).toEqual(
      new Set(['message:send: validation_failed', 'nonsense: unknown_event', 'message:ack: validation_failed']),
    );
    client.drop();
  });

  it('a burst of CONNECTs opens one session', async () => {
    const client = await RawClient.open(server.url);
    range(1, 500).forEach(() => client.connect(auth()));
    await client.until(() => client.events('session:ready').length > 0 || client.closed !== null);
    await client.ask('message:ack', '{"positions":{}}').catch(() => undefined);
    expect(client.frames.filter((frame) => frame.startsWith('40{'))).toHaveLength(1);
    expect(client.events('session:ready')).toHaveLength(1);
    client.drop();
  });

  it('a burst of CONNECTs with bad tokens opens none', async () => {
    const client = await RawClient.open(server.url);
    for (const n of range(1, 500)) client.connect({ token: `bad ${n}`, device_id: 'x', protocol: 1 });
    await client.until(() => client.closed !== null || client.frames.some((frame) => frame.startsWith('44')));
    expect(client.events('session:ready')).toEqual([]);
    client.drop();
  });

  it('another namespace is refused', async () => {
    const client = await session();
    client.send(`40/admin,${JSON.stringify(auth())}`);
    await client.until(() => client.closed !== null || client.frames.some((frame) => frame.startsWith('44/admin')));
    expect(client.frames.filter((frame) => frame.startsWith('40/admin'))).toEqual([]);
    client.drop();
  });

  it('a connection that never authenticates is closed within 5 s', async () => {
    const started = performance.now();
    const client = await RawClient.open(server.url);
    await client.untilClosed();
    expect(performance.now() - started).toBeLessThan(NEVER_AUTHENTICATED_MS);
  });

  it('connections that end in the middle of their handshake', async () => {
    const clients = await Promise.all(range(1, 100).map(() => RawClient.open(server.url)));
    for (const [n, client] of clients.entries()) {
      if (n % 2) client.connect(auth());
      client.drop();
    }
    await Promise.all(range(1, 50).map((n) => rawHttp(server.port, UPGRADE.slice(0, n * 4))));
  });

  it('a frame in pieces that never end', async () => {
    const client = await session();
    client.socket.send('42["message:send",', { fin: false });
    client.socket.send('{"x":', { fin: false });
    client.drop();
  });

  describe('REST', () => {
    const messages = (): string => `/conversations/${conversationId}/messages`;

    it.each(Object.entries(REQUESTS))('%s', async (_name, [status, code, line, options]) => {
      const [method, path] = line.replace('{id}', conversationId).split(' ');
      const answer = await mallory.api.request<Problem>(method, path, options);
      expect([answer.status, answer.body?.code]).toEqual([status, code]);
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
      expect(answer.headers.get('x-request-id')).toBe(answer.body.request_id);
      expect(answer.body).toMatchObject({ type: `urn:parley:problem:${code}`, status });
      if (status === 401) expect(answer.headers.get('www-authenticate')).toBeTruthy();
    });

    it('tokens without a signature, or with one of somebody else', async () => {
      const [header, payload, signature] = mallory.api.accessToken.split('.');
      const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
      const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
      const forged = [
        `${encode({ alg: 'none' })}.${payload}.`,
        `${encode({ alg: 'HS256', jwk: {} })}.${payload}.${signature}`,
        `${header}.${encode({ ...claims, sub: bystanders.users[0].userId })}.${signature}`,
        `${header}.${payload}.`,
        `${header}.${payload}`,
      ];
      for (const token of forged) {
        const headers = { authorization: `Bearer ${token}` };
        const { status } = await mallory.api.request('GET', '/users/me', { headers });
        expect(status).toBe(401);
        const client = await RawClient.open(server.url);
        client.connect({ token, device_id: 'x', protocol: 1 });
        await client.until(() => client.frames.some((frame) => frame.startsWith('44')));
        expect(client.events('session:ready')).toEqual([]);
        client.drop();
      }
    });

    it('a repeated idempotency key is refused, and a sane request id comes back', async () => {
      const authorization = `Authorization: Bearer ${mallory.api.accessToken}`;
      const body = JSON.stringify({ content: { type: 'text', text: 'x' } });
      const keys = range(1, 2).map(() => `Idempotency-Key: ${randomUUID()}`);
      const headers = [authorization, 'Content-Type: application/json', `Content-Length: ${body.length}`, ...keys];
      const { port } = server;
      expect((await rawHttp(port, request(`POST /api/v1${messages()}`, headers, body))).status).toBe(400);

      const echoed = await rawHttp(port, request('GET /api/v1/users/me', [authorization, 'X-Request-Id: my-id.1']));
      expect(echoed.text.toLowerCase()).toContain('x-request-id: my-id.1');
      const replaced = await rawHttp(port, request('GET /api/v1/users/me', [authorization, 'X-Request-Id: <x>']));
      expect(replaced.text).not.toContain('<x>');
    });

    it('bytes that are no HTTP, or only half of it', async () => {
      const { port } = server;
      const answers = await Promise.all(BYTES.map((bytes) => rawHttp(port, bytes)));
      for (const [index, { status, text }] of answers.entries()) {
        expect([BYTES[index].slice(0, 80), (status ?? 400) < 500 || text.slice(0, 200)]).toEqual([
          BYTES[index].slice(0, 80),
          true,
        ]);
      }
    });
  });
});
