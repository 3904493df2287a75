import { beforeEach, describe, expect, it, vi } from 'vitest';
import { InMemoryRateLimits } from '@parley/rate-limits';
import { EngineUnavailable } from '@parley/contracts';
import type { UserDirectory } from '@parley/entities';
import { ApiSettings } from '../api-settings.js';
import { AttemptLimits } from './attempt-limits.js';
import { LogIn } from './log-in.js';
import { Passwords } from './passwords.js';
import type { TokenPairs } from './token-pairs.js';

const verify = vi.hoisted(() => vi.fn());
vi.mock('@node-rs/argon2', async (original) => {
  const argon2 = await original<typeof import('@node-rs/argon2')>();
  return { ...argon2, verify: verify.mockImplementation(argon2.verify) };
});

const ADDRESS = '192.0.2.1';
const settings = new ApiSettings({
  refreshTokenTtlSeconds: 60,
  loginsPerAccount: 5,
  loginsPerAddress: 100,
  registrationsPerAddress: 100,
  devicesPerUser: 10,
});

describe('LogIn', () => {
  const passwords = new Passwords();
  const start = vi.fn<TokenPairs['start']>();
  const findCredentials = vi.fn();
  let logIn: LogIn;

  beforeEach(async () => {
    const hashed = await passwords.hash('correct horse');
    findCredentials
      .mockReset()
      .mockImplementation(async (handle: string) =>
        hashed.ok && handle === 'alice' ? { user: { user_id: '42', created_at: 0 }, passwordHash: hashed.hash } : null,
      );
    const users = { findCredentials } as unknown as UserDirectory;
    start.mockReset().mockResolvedValue({ access_token: 'a', refresh_token: 'r', token_type: 'Bearer', expires_in: 1 });
    logIn = new LogIn(users, new AttemptLimits(new InMemoryRateLimits(), settings), passwords, {
      start,
    } as unknown as TokenPairs);
    verify.mockClear();
  });

  it('does the same work for an unknown handle as for a wrong password: one hash, of the same cost', async () => {
    const costs: unknown[] = [];
    const answers = [];
    for (const handle of ['alice', 'nobody']) {
      answers.push(await logIn.execute({ handle, password: 'wrong horse' }, ADDRESS));
      costs.push(verify.mock.calls.map(([hash]: string[]) => hash.split('$').slice(0, 4)));
      verify.mockClear();
    }
    expect(answers[0]).toMatchObject({ ok: false, code: 'invalid_credentials' });
    expect(answers[1]).toEqual(answers[0]);
    expect(costs[0]).toHaveLength(1);
    expect(costs[1]).toEqual(costs[0]);
  });

  it('hashes nothing for who has used the attempts up, known or not, the right password included', async () => {
    for (const handle of ['alice', 'nobody']) {
      for (let i = 0; i < 5; i++) await logIn.execute({ handle, password: 'wrong horse' }, ADDRESS);
      verify.mockClear();
      const refusal = await logIn.execute({ handle, password: 'correct horse' }, ADDRESS);
      expect(refusal).toMatchObject({ ok: false, code: 'rate_limited' });
      expect(verify).not.toHaveBeenCalled();
    }
    expect(start).not.toHaveBeenCalled();
  });

  it('counts no attempt that the database kept from an answer: when it is back the right password opens', async () => {
    const away = new EngineUnavailable('postgres', 'insert', new Error('away'));
    start.mockRejectedValueOnce(away).mockRejectedValueOnce(away);
    findCredentials.mockRejectedValueOnce(away).mockRejectedValueOnce(away).mockRejectedValueOnce(away);
    const right = { handle: 'alice', password: 'correct horse' };
    for (let i = 0; i < 5; i++) await expect(logIn.execute(right, ADDRESS)).rejects.toBe(away);
    expect(await logIn.execute(right, ADDRESS)).toMatchObject({ access_token: 'a' });
  });
});
