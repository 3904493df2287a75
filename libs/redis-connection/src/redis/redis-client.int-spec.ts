import { randomUUID } from 'node:crypto';
import { Logger } from '@nestjs/common';
import { EngineUnavailable } from '@parley/contracts';
import { engineAddresses } from '@parley/harness';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Relay } from '../testing/relay.js';
import { RedisClient } from './redis-client.js';
import { RedisScript } from './redis-script.js';

describe('RedisClient', () => {
  let relay: Relay;
  let redis: RedisClient;
  let lines: string[];

  beforeEach(async () => {
    lines = [];
    for (const level of ['log', 'warn'] as const) {
      vi.spyOn(Logger.prototype, level).mockImplementation((line: unknown) => lines.push(String(line)));
    }
    relay = await Relay.open(engineAddresses().redisUrl);
    redis = RedisClient.open({ url: relay.url });
    await redis.whenUp();
  });

  afterEach(async () => {
    await redis.close();
    await relay.cut();
    vi.restoreAllMocks();
  });

  const ping = () => redis.ask('ping', (commands) => commands.ping());
  const refusal = (): Promise<unknown> =>
    ping().then(
      () => 'an answer',
      (error: unknown) => error,
    );
  const timed = async (work: Promise<unknown>): Promise<number> => {
    const from = performance.now();
    await work;
    return performance.now() - from;
  };
  const backUp = () => vi.waitFor(() => expect(redis.isUp).toBe(true), 5_000);

  it('puts the prefix before the keys, those of scripts as well', async () => {
    const script = new RedisScript(redis, 'name the key', 'return KEYS[1]');
    expect(await script.run(['a'])).toBe('parley:a');
  });

  it('runs a script that the server has never seen, many times at once', async () => {
    const script = new RedisScript(redis, 'add', `return ARGV[1] + 1 -- ${Math.random()}`);
    const answers = await Promise.all([1, 2, 3].map((number) => script.run([], number)));
    expect(answers).toEqual([2, 3, 4]);
    expect(await script.run([], 4)).toBe(5);
  });

  it('says what failed when Redis refuses, and goes on', async () => {
    const script = new RedisScript(redis, 'fail on purpose', `return redis.error_reply('OOM no room')`);
    const refused = script.run([]);
    await expect(refused).rejects.toThrow(EngineUnavailable);
    await expect(refused).rejects.toThrow('redis is not available (fail on purpose): OOM no room');
    expect(await ping()).toBe('PONG');
  });

  it('fails at once what is under way when the connection is reset, and everything while it is away', async () => {
    relay.hang();
    const underWay = refusal();
    await relay.cut();
    expect(await timed(underWay)).toBeLessThan(500);
    expect(await underWay).toBeInstanceOf(EngineUnavailable);
    await vi.waitFor(() => expect(redis.isUp).toBe(false));
    const refused = Promise.all(Array.from({ length: 1_000 }, refusal));
    expect(await timed(refused)).toBeLessThan(500);
    expect((await refused).every((error) => error instanceof EngineUnavailable)).toBe(true);
  });

  it('comes back by itself, and says once that Redis went and once that it is back', async () => {
    await relay.cut();
    await vi.waitFor(() => expect(lines).toHaveLength(1));
    const { host } = new URL(relay.url);
    expect(lines[0]).toContain(`${host} does not answer (commands)`);
    await relay.restore();
    await backUp();
    expect(await ping()).toBe('PONG');
    expect(lines).toEqual([expect.stringContaining('does not answer'), `${host} answers again (commands)`]);
  });

  it('gives up a server that hangs: calls fail within two seconds, then at once, nothing piles up', async () => {
    relay.hang();
    const first = refusal();
    expect(await timed(first)).toBeLessThan(2_000);
    expect(await first).toBeInstanceOf(EngineUnavailable);
    await vi.waitFor(() => expect(redis.isUp).toBe(false), 5_000);
    const second = refusal();
    expect(await timed(second)).toBeLessThan(100);
    expect(await second).toBeInstanceOf(EngineUnavailable);
  });

  it('tries again while the server hangs, and is up when it has woken', async () => {
    relay.hang();
    const before = relay.connections;
    await vi.waitFor(() => expect(relay.connections).toBeGreaterThan(before + 1), 10_000);
    expect(redis.isUp).toBe(false);
    relay.resume();
    await backUp();
    expect(await ping()).toBe('PONG');
  });

  it('sends nothing again that was under way when the connection was lost', async () => {
    const key = `test-${randomUUID()}`;
    relay.hang();
    const unanswered = redis.ask('count', (commands) => commands.incr(key)).catch(() => 'failed');
    const direct = RedisClient.open({ url: engineAddresses().redisUrl });
    await direct.whenUp();
    const counted = () => direct.ask('read', (commands) => commands.get(key));
    await vi.waitFor(async () => expect(await counted()).toBe('1'));
    await relay.cut();
    expect(await unanswered).toBe('failed');
    relay.resume();
    await relay.restore();
    await backUp();
    expect([await ping(), await counted()]).toEqual(['PONG', '1']);
    await direct.ask('clean up', (commands) => commands.del(key));
    await direct.close();
  });

  it('waits for a server that is not there yet', async () => {
    await relay.cut();
    const late = RedisClient.open({ url: relay.url });
    const up = late.whenUp();
    await vi.waitFor(() => expect(lines.join()).toContain('does not answer'));
    expect(late.isUp).toBe(false);
    await relay.restore();
    await up;
    expect(await late.ask('ping', (commands) => commands.ping())).toBe('PONG');
    await late.close();
  });

  it('takes nothing any more when it is closed, and does not come back', async () => {
    await redis.close();
    const before = relay.connections;
    await expect(ping()).rejects.toThrow(EngineUnavailable);
    expect(redis.isUp).toBe(false);
    expect(relay.connections).toBe(before);
    expect(lines).toEqual([]);
  });
});
