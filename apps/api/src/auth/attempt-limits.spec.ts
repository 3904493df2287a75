import { describe, expect, it } from 'vitest';
import { InMemoryRateLimits, RateLimits } from '@parley/rate-limits';
import { ApiSettings } from '../api-settings.js';
import { AttemptLimits } from './attempt-limits.js';

const settings = new ApiSettings({
  refreshTokenTtlSeconds: 60,
  loginsPerAccount: 3,
  loginsPerAddress: 100,
  registrationsPerAddress: 100,
  devicesPerUser: 10,
});

class AwayRateLimits extends RateLimits {
  take(): Promise<never> {
    return Promise.reject(new Error('away'));
  }

  giveBack(): Promise<never> {
    return Promise.reject(new Error('away'));
  }
}

describe('AttemptLimits', () => {
  it('lets no more attempts at the same moment through than wrong passwords are allowed', async () => {
    const limits = new AttemptLimits(new InMemoryRateLimits(), settings);
    const attempts = await Promise.all(Array.from({ length: 10 }, () => limits.takeLogin('alice', '192.0.2.1')));
    expect(attempts.filter((refusal) => refusal === null)).toHaveLength(3);
  });

  it('forgets an attempt with the right password, and only that one', async () => {
    const limits = new AttemptLimits(new InMemoryRateLimits(() => 0), settings);
    for (let i = 0; i < 3; i++) expect(await limits.takeLogin('alice', '192.0.2.1')).toBeNull();
    await limits.forgetLogin('alice');
    expect(await limits.takeLogin('alice', '192.0.2.1')).toBeNull();
    expect(await limits.takeLogin('alice', '192.0.2.1')).toMatchObject({ code: 'rate_limited', retryAfterMs: 20_000 });
  });

  it('lets nobody log in or register while attempts cannot be counted, and never fails who was let in before', async () => {
    const limits = new AttemptLimits(new AwayRateLimits(), settings);
    expect(await limits.takeLogin('alice', '192.0.2.1')).toMatchObject({ ok: false, code: 'overloaded' });
    expect(await limits.takeRegistration('192.0.2.1')).toMatchObject({ ok: false, code: 'overloaded' });
    await expect(limits.forgetLogin('alice')).resolves.toBeUndefined();
  });
});
