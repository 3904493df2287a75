import type { AddressInfo } from 'node:net';
import { Logger, type INestApplication } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { AllowedOrigins } from '@parley/config';
import { Draining, Readiness } from '@parley/operability';
import { io, type Socket as Client } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi, type Mock } from 'vitest';
import { AnswerPull } from '../catch-up/answer-pull.js';
import { Acknowledge } from '../delivery/acknowledge.js';
import { Admission } from './admission.js';
import { Authenticate } from './authenticate.js';
import { ConnectionLifecycle } from './connection-lifecycle.js';
import { GatewaySettings } from './gateway-settings.js';
import { ParleyIoAdapter } from './parley-io.adapter.js';
import { RefreshSession } from './refresh-session.js';
import { SocketGateway } from './socket.gateway.js';
import { SocketSessions } from './socket-sessions.js';

const fault = new Error('planted');
/** A fault comes as a throw, from code that should have answered with a promise, or as a rejection. */
const FAULTS: Record<string, () => unknown> = {
  throws: () => {
    throw fault;
  },
  rejects: () => Promise.reject(fault),
};
const EVENTS: Record<string, object> = {
  'message:ack': { positions: {} },
  'sync:pull': { conversation_id: '7', after_seq: 0, limit: 1 },
  'auth:refresh': { token: 'x.y.z' },
};

describe.each(Object.entries(FAULTS))('Where something %s', (_name, fail) => {
  const device = { user_id: '42', device_id: 'phone', generation: '1' };
  const identity = { userId: '42', family: 'f', expiresAt: Infinity, device, afterSeq: {} };
  const authenticate = { execute: vi.fn() };
  const lifecycle = { open: vi.fn(), close: vi.fn() };
  const useCase = { execute: vi.fn() };
  const uncaught: unknown[] = [];
  const note = (error: unknown): void => void uncaught.push(error);
  let app: INestApplication;
  let url: string;
  const clients: Client[] = [];

  beforeAll(async () => {
    const module = await Test.createTestingModule({
      providers: [
        SocketGateway,
        SocketSessions,
        { provide: Authenticate, useValue: authenticate },
        { provide: ConnectionLifecycle, useValue: lifecycle },
        ...[Acknowledge, AnswerPull, RefreshSession].map((provide) => ({ provide, useValue: useCase })),
      ],
    }).compile();
    app = module.createNestApplication({ logger: false });
    const settings = new GatewaySettings({} as never, 100, false, { intervalMs: 25_000, timeoutMs: 20_000 });
    const admission = new Admission(settings, new Readiness(), new Draining(), new AllowedOrigins());
    app.useWebSocketAdapter(new ParleyIoAdapter(app.getHttpServer(), settings, admission, app.get(SocketSessions)));
    await app.listen(0, '127.0.0.1');
    url = `http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}`;
    for (const origin of ['uncaughtException', 'unhandledRejection'] as const) process.on(origin, note);
  });
  beforeEach(() => {
    authenticate.execute.mockReset().mockResolvedValue({ ok: true, identity });
    for (const mock of [lifecycle.open, lifecycle.close]) mock.mockReset().mockResolvedValue(undefined);
    useCase.execute.mockReset().mockResolvedValue({ ok: true });
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) client.close();
    await expectUnharmed();
  });
  afterAll(async () => {
    for (const client of clients) client.close();
    await app.close();
    for (const origin of ['uncaughtException', 'unhandledRejection'] as const) process.off(origin, note);
    Logger.overrideLogger(['log', 'error', 'warn', 'fatal']);
  });

  function connect(): Client {
    const client = io(url, { transports: ['websocket'], forceNew: true, reconnectionDelay: 20 });
    clients.push(client);
    return client;
  }
  async function connected(): Promise<Client> {
    const client = connect();
    await vi.waitUntil(() => client.connected);
    return client;
  }
  const ask = (client: Client, event = 'sync:pull'): Promise<unknown> =>
    client.timeout(2_000).emitWithAck(event, EVENTS[event]);
  const once = (mock: Mock): void => void mock.mockImplementationOnce(fail);

  /** Whoever connects next is served, and by then a rejection that nobody took would have been told of. */
  async function expectUnharmed(): Promise<void> {
    expect(await ask(await connected())).toEqual({ ok: true });
    expect(uncaught).toEqual([]);
  }

  it('in the handshake, the client comes back by itself', async () => {
    once(authenticate.execute);
    expect(await ask(await connected())).toEqual({ ok: true });
    expect(authenticate.execute).toHaveBeenCalledTimes(2);
  });

  it('at the opening of a session, the client comes back by itself', async () => {
    once(lifecycle.open);
    const client = connect();
    await vi.waitUntil(() => lifecycle.open.mock.calls.length === 2);
    await vi.waitUntil(() => client.connected);
    expect(await ask(client)).toEqual({ ok: true });
  });

  it('at the end of a session, nobody else is concerned', async () => {
    once(lifecycle.close);
    const [bystander, leaving] = [await connected(), await connected()];
    leaving.close();
    await vi.waitUntil(() => lifecycle.close.mock.calls.length === 1);
    expect(await ask(bystander)).toEqual({ ok: true });
  });

  it.each(Object.keys(EVENTS))('in %s, the client is answered, and its connection goes on', async (event) => {
    const client = await connected();
    once(useCase.execute);
    expect(await ask(client, event)).toMatchObject({ ok: false, error: { code: 'internal', retryable: true } });
    expect(await ask(client, event)).toEqual({ ok: true });
  });

  it('in an event without a callback, the refusal comes as an event', async () => {
    const client = await connected();
    once(useCase.execute);
    const refusal = new Promise((resolve) => client.once('session:error', resolve));
    client.emit('sync:pull', EVENTS['sync:pull']);
    expect(await refusal).toMatchObject({ event: 'sync:pull', error: { code: 'internal' } });
  });
});
