import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { countSend } from '../metrics/send-metrics.js';
import { Readiness } from '../readiness.js';
import { startOps, type OpsServer } from './start-ops.js';

describe('the internal port', () => {
  let readiness: Readiness;
  let ops: OpsServer | null = null;

  beforeEach(() => {
    readiness = new Readiness();
  });

  afterEach(async () => {
    await ops?.close();
    ops = null;
  });

  async function start(token?: string): Promise<void> {
    ops = await startOps({ host: '127.0.0.1', port: 0, token, readiness });
  }

  const get = (path: string, headers?: Record<string, string>) =>
    fetch(`http://127.0.0.1:${ops?.port}${path}`, { headers });

  async function ready(): Promise<[number, unknown]> {
    const answer = await get('/health/ready');
    return [answer.status, await answer.json()];
  }

  it('answers that the process lives while nothing else is there', async () => {
    readiness.add('kafka', () => 'waiting for kafka:9092: connection refused');
    await start();
    const live = await get('/health/live');
    expect([live.status, await live.json()]).toEqual([200, { status: 'live' }]);
  });

  it('tells of each part whether it can serve, and why not', async () => {
    let kafka: string | null = 'waiting for kafka:9092';
    let redis: string | null = 'connection lost';
    readiness.add('kafka', () => kafka);
    readiness.add('redis', () => redis, 'degrades');
    readiness.add('cassandra', () => null);
    await start();
    const details = { kafka: { status: 'down', message: 'waiting for kafka:9092' } };
    const others = { redis: { status: 'degraded', message: 'connection lost' }, cassandra: { status: 'up' } };
    expect(await ready()).toEqual([
      503,
      expect.objectContaining({ status: 'error', details: { ...details, ...others } }),
    ]);
    kafka = null;
    const up = { kafka: { status: 'up' }, ...others };
    expect(await ready()).toEqual([200, expect.objectContaining({ status: 'degraded', details: up })]);
    redis = null;
    expect(await ready()).toEqual([200, expect.objectContaining({ status: 'ok' })]);
  });

  it('serves the metrics of the process, those of Node among them, as Prometheus reads them', async () => {
    countSend('message', 'accepted');
    await start();
    const answer = await get('/metrics');
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    const text = await answer.text();
    expect(text).toMatch(/^parley_sends_total\{kind="message",outcome="accepted"\} \d+$/m);
    expect(text).toMatch(/^process_resident_memory_bytes \d+$/m);
  });

  it('shows details and metrics only to who brings the token, where there is one', async () => {
    await start('a-token-of-operators');
    for (const path of ['/health/ready', '/metrics']) {
      expect((await get(path)).status).toBe(401);
      expect((await get(path, { authorization: 'Bearer a-token-of-others' })).status).toBe(401);
      expect((await get(path, { authorization: 'Bearer a-token-of-operators' })).status).toBe(200);
    }
    expect((await get('/health/live')).status).toBe(200);
  });

  it('fails with the reason where the port is taken', async () => {
    const other: Server = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    await expect(startOps({ host: '127.0.0.1', port, readiness })).rejects.toThrow('EADDRINUSE');
    other.close();
  });
});
