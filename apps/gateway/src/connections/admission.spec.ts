import { createServer, type Server as HttpServer } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { AllowedOrigins } from '@parley/config';
import { Draining, Readiness } from '@parley/operability';
import type { Server } from 'socket.io';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Admission } from './admission.js';
import { GatewaySettings } from './gateway-settings.js';
import { ParleyIoAdapter } from './parley-io.adapter.js';
import { SocketSessions } from './socket-sessions.js';

const upgradeWith = (...headers: string[]) =>
  [
    'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1',
    'Host: localhost',
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    ...headers,
    '',
    '',
  ].join('\r\n');
const UPGRADE = upgradeWith();

describe('Admission', () => {
  let http: HttpServer;
  let io: Server;
  let port: number;
  let draining: Draining;
  let readiness: Readiness;
  const sockets: Socket[] = [];

  beforeEach(async () => {
    http = createServer();
    readiness = new Readiness();
    const settings = new GatewaySettings({} as never, 2, true, { intervalMs: 25_000, timeoutMs: 20_000 });
    draining = new Draining();
    const admission = new Admission(settings, readiness, draining, new AllowedOrigins(['https://app.example.com']));
    admission.onModuleInit();
    io = new ParleyIoAdapter(http, settings, admission, new SocketSessions()).createIOServer();
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    port = (http.address() as AddressInfo).port;
  });
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy();
    await io.close();
  });

  /** Asks for a WebSocket and keeps what comes back. */
  function upgrade(bytes = UPGRADE): { answer: string } {
    const received = { answer: '' };
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true }, () => socket.write(bytes));
    sockets.push(socket);
    socket.on('data', (bytes) => (received.answer += String(bytes)));
    return received;
  }

  const polling = () => fetch(`http://127.0.0.1:${port}/socket.io/?EIO=4&transport=polling`);

  async function expectRefused(code: string): Promise<void> {
    const { answer } = await vi.waitUntil(() => refused.answer.includes('}') && refused);
    expect(answer).toMatch(/^HTTP\/1\.1 503 Service Unavailable\r\n/);
    expect(answer).toMatch(/\r\nRetry-After: 2\r\n/);
    expect(answer).toMatch(/\r\nContent-Type: application\/problem\+json\r\n/);
    const problem = { type: `urn:parley:problem:${code}`, code, status: 503, retry_after_ms: 2_000 };
    expect(JSON.parse(answer.slice(answer.indexOf('{')))).toMatchObject(problem);
    const response = await polling();
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject(problem);
  }
  let refused: { answer: string };

  it('takes connections up to the limit, and refuses the next one so that clients come back by themselves', async () => {
    const taken = [upgrade(), upgrade()];
    await vi.waitUntil(() => taken.every(({ answer }) => answer.startsWith('HTTP/1.1 101')));
    refused = upgrade();
    await expectRefused('over_capacity');
  });

  it('refuses every new connection while it drains, and is not ready', async () => {
    expect(readiness.isReady).toBe(true);
    draining.begin();
    refused = upgrade();
    await expectRefused('draining');
    expect(readiness.reasons()).toEqual([{ name: 'connections', reason: 'draining' }]);
  });

  it.each(['https://evil.test', 'null', 'http://localhost.evil.test'])(
    'refuses a page of %s for good, before there is a socket, over both transports',
    async (origin) => {
      const asked = upgrade(upgradeWith(`Origin: ${origin}`));
      const { answer } = await vi.waitUntil(() => asked.answer.includes('}') && asked);
      expect(answer).toMatch(/^HTTP\/1\.1 403 Forbidden\r\n/);
      expect(answer).not.toMatch(/retry/i);
      expect(JSON.parse(answer.slice(answer.indexOf('{')))).toMatchObject({ code: 'forbidden', status: 403 });
      for (const sid of ['', '&sid=made-up']) {
        const url = `http://127.0.0.1:${port}/socket.io/?EIO=4&transport=polling${sid}`;
        expect((await fetch(url, { headers: { origin } })).status).toBe(403);
      }
    },
  );

  it('takes pages of its own and of a listed origin', async () => {
    const taken = ['http://localhost', 'https://app.example.com'].map((origin) =>
      upgrade(upgradeWith(`Origin: ${origin}`)),
    );
    await vi.waitUntil(() => taken.every(({ answer }) => answer.startsWith('HTTP/1.1 101')));
  });

  it('lets go of a refused connection that its client keeps open', async () => {
    draining.begin();
    refused = upgrade();
    await expectRefused('draining');
    const count = () => new Promise<number>((resolve) => http.getConnections((_, connections) => resolve(connections)));
    await vi.waitUntil(async () => (await count()) === 0, { timeout: 5_000 });
  });

  it('survives clients that reset the connection which it is refusing', async () => {
    draining.begin();
    const resets = Array.from(
      { length: 200 },
      (_, index) =>
        new Promise<void>((resolve) => {
          const socket = connect(port, '127.0.0.1', () => socket.write(UPGRADE, () => setTimeout(reset, index % 3)));
          const reset = () => resolve(void socket.resetAndDestroy());
          socket.on('error', () => resolve());
        }),
    );
    await Promise.all(resets);
    expect((await polling()).status).toBe(503);
  });
});
