import { setTimeout as sleep } from 'node:timers/promises';
import type { EntryView, MessageBatch } from '@parley/contracts';
import { RAISED_LIMITS, TcpProxy, type ChatClient } from '@parley/harness';
import { afterEach, describe, expect, it } from 'vitest';
import { range, seqsOf } from './entries.js';
import { openSessions } from './open-sessions.js';
import { standaloneUnderTest } from './server-under-test.js';

const ACK_TIMEOUT_MS = 3_000;
const SLOW_BYTES_PER_SECOND = 2_000;
const HEARTBEAT = { PING_INTERVAL_MS: 1_000, PING_TIMEOUT_MS: 1_500 };
const GRACE_MS = 200;
/** A handshake that the database has not answered by then is given up, and its connection closed. */
const HANDSHAKE_WITHIN_MS = 2_000;

const proxies: TcpProxy[] = [];

async function weakNetworkTo(port: number): Promise<TcpProxy> {
  const proxy = await TcpProxy.to(port);
  proxies.push(proxy);
  return proxy;
}

afterEach(async () => {
  for (const proxy of proxies.splice(0)) await proxy.close();
});

/** seqs as they came on all connections of a client, live or in batches. */
function arrived(client: ChatClient): number[] {
  return client.wire.flatMap(({ event, payload }) => {
    if (event === 'message:batch') return seqsOf((payload as MessageBatch).messages);
    return event === 'message:new' ? [(payload as EntryView).seq] : [];
  });
}

describe('A client on a line of 2 KB a second', () => {
  const server = standaloneUnderTest({ ...RAISED_LIMITS, ACK_TIMEOUT_MS: String(ACK_TIMEOUT_MS) });

  /** Alice and Bob chat; Bob's second device is on the slow line. */
  const onSlowLine = async () => {
    const [alice, bob] = await server.users('alice', 'bob');
    const network = await weakNetworkTo(server.port);
    const [hers, his, slow] = await Promise.all([
      alice.online(),
      bob.online(),
      bob.online('slow', { url: network.url }),
    ]);
    const { conversation_id: id } = await alice.api.direct(bob.userId);
    await slow.untilShown(id, 1);
    network.slowDown(SLOW_BYTES_PER_SECOND);
    return { hers, his, slow, id, network };
  };

  it('keeps its session as long as it acknowledges something in time, and lags behind alone', async () => {
    const { hers, his, slow, id, network } = await onSlowLine();
    for (const n of range(2, 60)) {
      await hers.send(id, 'x'.repeat(1_000));
      await his.untilShown(id, n);
    }
    await slow.untilShown(id, 5, 10_000);
    expect(slow.timeline.position(id)).toBeLessThan(30);
    network.slowDown(Infinity);
    await slow.untilShown(id, 60);
    expect([slow.connection, slow.closings]).toEqual([1, []]);
    expect(arrived(slow).filter((seq) => seq > 1)).toEqual(range(2, 60));
  });

  it('is ended with a code where its line is too slow for that, and misses nothing', async () => {
    const { hers, his, slow, id, network } = await onSlowLine();
    for (const n of range(2, 10)) {
      await hers.send(id, 'x'.repeat(16_000));
      await his.untilShown(id, n);
    }
    await expect.poll(() => openSessions(server.running), { timeout: ACK_TIMEOUT_MS + 5_000 }).toBe(2);
    network.slowDown(Infinity);
    await slow.until(() => slow.connection === 2, { timeoutMs: 5_000 });
    expect(slow.closings.map(({ code }) => code)).toEqual(['ack_timeout']);
    await slow.untilShown(id, 10);
    expect([...new Set(arrived(slow))].filter((seq) => seq > 1)).toEqual(range(2, 10));
  });
});

describe('A client that is gone without a word', () => {
  const heartbeat = Object.fromEntries(Object.entries(HEARTBEAT).map(([name, value]) => [name, String(value)]));
  const server = standaloneUnderTest({ ...RAISED_LIMITS, ...heartbeat, PRESENCE_GRACE_MS: String(GRACE_MS) });

  it('is offline for others within the bound of the heartbeat, and the one that stays is not', async () => {
    const [alice, bob, carol] = await server.users('alice', 'bob', 'carol');
    const network = await weakNetworkTo(server.port);
    await Promise.all([alice.online(), carol.online(), bob.online('phone', { url: network.url })]);
    await alice.api.createGroup('Friends', [bob.userId, carol.userId]);
    const statusOf = async (userId: string): Promise<unknown> => {
      const { body } = await alice.api.request('GET', `/users/${userId}/presence`);
      return (body as { status: unknown }).status;
    };
    expect([await statusOf(bob.userId), await statusOf(carol.userId)]).toEqual(['online', 'online']);
    network.fallSilent();
    const bound = HEARTBEAT.PING_INTERVAL_MS + HEARTBEAT.PING_TIMEOUT_MS + GRACE_MS;
    await expect.poll(() => statusOf(bob.userId), { timeout: bound + 2_000 }).toBe('offline');
    expect(await statusOf(carol.userId)).toBe('online');
  });
});

describe('Two hundred new devices at once', () => {
  const server = standaloneUnderTest();

  it('all get their session, also those whose handshake was given up because the server stood still', async () => {
    const people = await server.users(...range(1, 20).map((n) => `user${n}`));
    const clients = people.flatMap((user) => range(1, 10).map((n) => user.device(`device-${n}`)));
    for (const client of clients) client.connect();
    await Promise.race(clients.map((client) => client.ready(30_000)));
    server.running.pause();
    await sleep(HANDSHAKE_WITHIN_MS + 500);
    server.running.resume();
    await Promise.all(clients.map((client) => client.synced(30_000)));
    expect(await openSessions(server.running)).toBe(clients.length);
    expect(server.running.output.errors().filter((line) => line.includes('handshake failed'))).not.toEqual([]);
  });
});
