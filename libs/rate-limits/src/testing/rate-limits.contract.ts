import { beforeEach, describe, expect, it } from 'vitest';
import type { RateLimits } from '../rate-limits.js';

/** Empty limits, and a way to let time pass for them: an injected clock, or waiting. */
export interface RateLimitsUnderTest {
  limits: RateLimits;
  pass: (ms: number) => Promise<void>;
}

/** What all rate limits do. */
export function rateLimitsContract(name: string, open: () => Promise<RateLimitsUnderTest>): void {
  describe(`${name} as rate limits`, () => {
    const rule = { perSecond: 10, burst: 4 };
    let limits: RateLimits;
    let pass: (ms: number) => Promise<void>;

    beforeEach(async () => {
      ({ limits, pass } = await open());
    });

    const takeMany = async (count: number, bucket = 'user:1'): Promise<number> => {
      const taken = await Promise.all(Array.from({ length: count }, () => limits.take(bucket, rule)));
      return taken.filter((one) => one.ok).length;
    };

    it('gives a burst at once and then refuses', async () => {
      expect(await takeMany(4)).toBe(4);
      expect((await limits.take('user:1', rule)).ok).toBe(false);
    });

    it('never gives more than a burst to simultaneous attempts', async () => {
      expect(await takeMany(50)).toBe(4);
    });

    it('says when the next token is there, and keeps that promise', async () => {
      await takeMany(4);
      const refused = await limits.take('user:1', rule);
      const retryAfterMs = refused.ok ? 0 : refused.retryAfterMs;
      expect(retryAfterMs).toBeGreaterThanOrEqual(1);
      expect(retryAfterMs).toBeLessThanOrEqual(100);
      await pass(retryAfterMs);
      expect(await limits.take('user:1', rule)).toEqual({ ok: true });
    });

    it('fills up at the given rate', async () => {
      await takeMany(4);
      await pass(250);
      expect(await takeMany(4)).toBe(2);
    });

    it('keeps at most a burst, however long nobody asked', async () => {
      await takeMany(4);
      await pass(1_200);
      expect(await takeMany(20)).toBe(4);
    });

    it('takes nothing for an attempt that it refuses', async () => {
      await takeMany(4);
      await takeMany(30);
      await pass(110);
      expect(await limits.take('user:1', rule)).toEqual({ ok: true });
    });

    it('has a token again that was given back', async () => {
      await takeMany(4);
      await limits.giveBack('user:1', rule);
      expect(await takeMany(4)).toBe(1);
    });

    it('keeps at most a burst, however many tokens are given back', async () => {
      await takeMany(2);
      for (let i = 0; i < 5; i++) await limits.giveBack('user:1', rule);
      await limits.giveBack('never used', rule);
      expect(await takeMany(20)).toBe(4);
      expect(await takeMany(20, 'never used')).toBe(4);
    });

    it('keeps buckets apart', async () => {
      await takeMany(4, 'user:1');
      expect(await takeMany(4, 'user:2')).toBe(4);
    });

    it('counts a rate below one a second in whole waits', async () => {
      const slow = { perSecond: 20 / 60, burst: 1 };
      await limits.take('login:alice', slow);
      const refused = await limits.take('login:alice', slow);
      const retryAfterMs = refused.ok ? 0 : refused.retryAfterMs;
      expect(retryAfterMs).toBeGreaterThan(2_500);
      expect(retryAfterMs).toBeLessThanOrEqual(3_000);
    });
  });
}
