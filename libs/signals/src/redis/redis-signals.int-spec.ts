import { Logger } from '@nestjs/common';
import { engineAddresses } from '@parley/harness';
import { RedisClient } from '@parley/redis-connection';
import { RedisNamespace, Relay } from '@parley/redis-connection/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Signal } from '../signals.js';
import { signalsContract } from '../testing/signals.contract.js';
import { RedisSignals } from './redis-signals.js';

let namespace: RedisNamespace;

beforeAll(async () => {
  namespace = await RedisNamespace.open(engineAddresses().redisUrl);
});
afterAll(() => namespace.close());

async function open(redis?: RedisClient): Promise<RedisSignals> {
  const signals = new RedisSignals(redis ?? (await namespace.client()));
  await signals.whenHeard();
  return signals;
}

function collector(signals: RedisSignals): Signal[] {
  const got: Signal[] = [];
  signals.subscribe((signal) => got.push(signal));
  return got;
}

signalsContract('RedisSignals', open);

describe('RedisSignals', () => {
  const signal: Signal = { type: 'revoked', family: 'family-1' };

  beforeEach(() => Logger.overrideLogger(false));
  afterEach(() => Logger.overrideLogger(new Logger()));

  it('reaches other processes', async () => {
    const got = collector(await open());
    const sender = await open();
    await sender.publish(signal);
    await vi.waitFor(() => expect(got).toEqual([signal]));
  });

  it('counts what it cannot read, and goes on', async () => {
    const redis = await namespace.client();
    const signals = await open(redis);
    const got = collector(signals);
    for (const garbage of ['', '{"type":"revoked"', '{"type":"unknown"}']) {
      await redis.ask('garbage', (commands) => commands.publish(`${namespace.keyPrefix}signals`, garbage));
    }
    await signals.publish(signal);
    await vi.waitFor(() => expect(got).toEqual([signal]));
    expect(signals.dropped).toEqual({ unsent: 0, unreadable: 3 });
  });

  it('counts what it cannot send, and never rejects', async () => {
    const redis = await namespace.client();
    const signals = await open(redis);
    await redis.close();
    await expect(signals.publish(signal)).resolves.toBeUndefined();
    expect(signals.dropped).toEqual({ unsent: 1, unreadable: 0 });
  });

  it('hears again when Redis is back, and nothing of what was published meanwhile', async () => {
    const relay = await Relay.open(engineAddresses().redisUrl);
    const redis = RedisClient.open({ url: relay.url, keyPrefix: namespace.keyPrefix });
    const signals = await open(redis);
    const got = collector(signals);
    const aboutBob: Signal[] = [];
    await signals.follow('presence:42', (one) => aboutBob.push(one)).heard;
    await relay.cut();
    const aboutCarol: Signal[] = [];
    // Asked for while nothing can be heard: that does not hold anybody up.
    await signals.follow('presence:43', (one) => aboutCarol.push(one)).heard;
    const elsewhere = await open();
    await elsewhere.publish(signal);
    await elsewhere.publish(signal, 'presence:42');
    await relay.restore();
    const later: Signal = { type: 'revoked', family: 'family-2' };
    await vi.waitFor(async () => {
      for (const topic of [undefined, 'presence:42', 'presence:43'] as const) await elsewhere.publish(later, topic);
      for (const heard of [got, aboutBob, aboutCarol]) expect(heard).toContainEqual(later);
    }, 5_000);
    for (const heard of [got, aboutBob]) expect(heard).not.toContainEqual(signal);
    await redis.close();
    await relay.cut();
  });
});
