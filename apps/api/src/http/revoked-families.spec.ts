import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TokenFamilies } from '@parley/entities';
import { InMemorySignals } from '@parley/signals';
import { RevokedFamilies } from './revoked-families.js';

let revoked: Set<string>;
let lookUps: number;
let isAway: boolean;
let signals: InMemorySignals;
let families: RevokedFamilies;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance', 'setTimeout'] });
  revoked = new Set();
  lookUps = 0;
  isAway = false;
  signals = new InMemorySignals();
  const directory = {
    isRevoked: async (family: string) => {
      lookUps += 1;
      if (isAway) throw new Error('away');
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
    isAway = true;
    await expect(families.has('f')).rejects.toThrow('away');
    isAway = false;
    expect(await families.has('f')).toBe(false);
  });

  it('stops listening with the application', async () => {
    families.onModuleDestroy();
    await signals.publish({ type: 'revoked', family: 'f' });
    expect(await families.has('f')).toBe(false);
  });
});
