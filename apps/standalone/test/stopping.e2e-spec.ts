import { rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { StandaloneProcess } from '@parley/harness';
import { afterEach, describe, expect, it } from 'vitest';

/** Well below the ten seconds after which service managers kill. */
const WITHIN_MS = 6_000;

const HOLDERS = {
  'says nothing': '',
  'has sent half a head': 'GET /api/v1/users/me HTTP/1.1\r\nHost: localhost\r\n',
  'has sent half a body':
    'POST /api/v1/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{',
  'never reads its WebSocket':
    'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\n' +
    'Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
};

describe('A stop', () => {
  const open: Socket[] = [];
  let server: StandaloneProcess | null = null;

  afterEach(async () => {
    for (const socket of open.splice(0)) socket.destroy();
    await server?.stop();
  });

  it.each(Object.entries(HOLDERS))('does not wait for a client that %s', async (_, bytes) => {
    server = await StandaloneProcess.start();
    const socket = connect(server.port, '127.0.0.1', () => socket.write(bytes));
    socket.on('error', () => undefined);
    socket.pause();
    open.push(socket);
    await new Promise((resolve) => setTimeout(resolve, 300));
    const begun = performance.now();
    expect(await server.kill('SIGTERM')).toBe(0);
    expect(performance.now() - begun).toBeLessThan(WITHIN_MS);
  });

  it('leaves data that a next start refuses to go on with when half of it is gone', async () => {
    server = await StandaloneProcess.start();
    await server.kill('SIGTERM');
    rmSync(join(server.dataDir, 'messages'), { recursive: true });
    await expect(server.start()).rejects.toThrow(/data\.mdb is missing, though .* holds accounts/);
  });
});
