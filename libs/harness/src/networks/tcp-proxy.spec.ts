import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { monotonicMs } from '../clients/changes.js';
import { TcpProxy } from './tcp-proxy.js';

describe('A bad network', () => {
  let server: Server;
  let proxy: TcpProxy;
  let client: Socket;
  let accepted: Socket;
  /** What has arrived at the client and at the server. */
  let atClient: number;
  let atServer: number;
  let ended: string[];

  beforeEach(async () => {
    [atClient, atServer] = [0, 0];
    const ends: string[] = (ended = []);
    server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    proxy = await TcpProxy.to((server.address() as AddressInfo).port);
    const connection = once(server, 'connection');
    client = connect(Number(new URL(proxy.url).port), '127.0.0.1');
    [accepted] = (await connection) as [Socket];
    accepted.on('data', (bytes) => (atServer += bytes.length)).on('close', () => ends.push('server'));
    client.on('data', (bytes) => (atClient += bytes.length)).on('close', () => ends.push('client'));
    for (const socket of [accepted, client]) socket.on('error', () => undefined);
  });
  afterEach(async () => {
    await proxy.close();
    client.destroy();
    accepted.destroy();
    server.close();
  });

  it('passes bytes and ends on', async () => {
    accepted.write(Buffer.alloc(300_000));
    client.write(Buffer.alloc(200_000));
    await expect.poll(() => [atClient, atServer]).toEqual([300_000, 200_000]);
    accepted.end(Buffer.alloc(10));
    await expect.poll(() => ended.toSorted()).toEqual(['client', 'server']);
    expect(atClient).toBe(300_010);
  });

  it('passes an end on that the client makes without a goodbye', async () => {
    client.resetAndDestroy();
    await once(accepted, 'close');
  });

  it('gives the client so many bytes a second, and the rest at once when it is fast again', async () => {
    proxy.slowDown(2_000);
    const begun = monotonicMs();
    accepted.write(Buffer.alloc(100_000));
    await expect.poll(() => atClient, { interval: 10 }).toBeGreaterThanOrEqual(1_000);
    expect(monotonicMs() - begun).toBeGreaterThan(350);
    expect(atClient).toBeLessThan(5_000);
    client.write('not slowed');
    await expect.poll(() => atServer).toBe(10);
    proxy.slowDown(Infinity);
    await expect.poll(() => atClient).toBe(100_000);
  });

  it('tells the server nothing of a client that goes when it is silent, and the client nothing at all', async () => {
    proxy.fallSilent();
    accepted.write('lost');
    client.write('lost');
    client.destroy();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect([atClient, atServer, ended]).toEqual([0, 0, ['client']]);
  });
});
