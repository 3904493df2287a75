import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EngineUnavailable } from '@parley/contracts';
import type { TokenFamilies } from '@parley/entities';
import { InMemorySignals } from '@parley/signals';
import { RevokedFamilies } from './revoked-families.js';

let revoked: Set<string>;
let lookUps: number;
let fails: 'not' | 'badly' | 'away' | 'silently';
let signals: InMemorySignals;
let families: RevokedFamilies;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout'] });
  revoked = new Set();
  lookUps = 0;
  fails = 'not';
  signals = new InMemorySignals();
  const directory = {
    isRevoked: async (family: string) => {
      lookUps += 1;
      if (fails === 'badly') throw new Error('no such column');
      if (fails === 'away') throw new EngineUnavailable('postgres', 'find a login', new Error('ECONNREFUSED'));
      if (fails === 'silently') await new Promise(() => undefined);
      return revoked.has(family);
    },
  } as unknown as TokenFamilies;
  families = new RevokedFamilies(directory, signals);
});

afterEach(() => {
  families.onModuleDestroy();
  vi.useRealTimers();
});

describe('RevokedFamilies', () => {
  it('asks once for many requests of one login, and again after 2 s', async () => {
    expect(await Promise.all([families.has('f'), families.has('f'), families.has('f')])).toEqual([false, false, false]);
    expect(lookUps).toBe(1);
    revoked.add('f');
    vi.advanceTimersByTime(1_999);
    expect(await families.has('f')).toBe(false);
    vi.advanceTimersByTime(1);
    expect(await families.has('f')).toBe(true);
  });

  it('knows at once what a signal says, also over a look-up that is on its way', async () => {
    const asked = families.has('f');
    await signals.publish({ type: 'revoked', family: 'f' });
    await asked;
    expect(await families.has('f')).toBe(true);
    expect(await families.has('g')).toBe(false);
  });

  it('does not remember a look-up that failed', async () => {
    fails = 'badly';
    await expect(families.has('f')).rejects.toThrow('no such column');
    fails = 'not';
    expect(await families.has('f')).toBe(false);
  });

  it('goes on with its last answers while PostgreSQL is away, and lets an unknown login pass', async () => {
    revoked.add('f');
    expect([await families.has('f'), await families.has('g')]).toEqual([true, false]);
    fails = 'away';
    vi.advanceTimersByTime(2_000);
    expect([await families.has('f'), await families.has('g'), await families.has('h')]).toEqual([true, false, false]);
    revoked.add('h');
    fails = 'not';
    vi.advanceTimersByTime(2_000);
    expect(await families.has('h')).toBe(true);
  });

  it('lets a database that hangs delay one request by 2 s, and those of the next 2 s not at all', async () => {
    fails = 'silently';
    const asked = families.has('f');
    await vi.advanceTimersByTimeAsync(2_000);
    expect(await asked).toBe(false);
    expect(await families.has('f')).toBe(false);
    expect(lookUps).toBe(1);
  });

  it('stops listening with the application', async () => {
    families.onModuleDestroy();
    await signals.publish({ type: 'revoked', family: 'f' });
    expect(await families.has('f')).toBe(false);
  });
});
