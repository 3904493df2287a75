import { Logger } from '@nestjs/common';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Pace } from './pace.js';

describe('Pace', () => {
  let runs: { key: string; items: string[] }[];
  let pace: Pace<string>;
  const record = async (key: string, items: ReadonlySet<string>) => void runs.push({ key, items: [...items] });

  beforeEach(() => {
    vi.useFakeTimers();
    runs = [];
    pace = new Pace(record, { everyMs: 1_000, most: 3 });
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  it('runs at once, and once more in a period for all that was asked for meanwhile', async () => {
    pace.ask('a', ['1']);
    expect(runs).toEqual([{ key: 'a', items: ['1'] }]);
    for (let n = 0; n < 1_000; n++) pace.ask('a', [n % 2 ? '2' : '3']);
    await vi.advanceTimersByTimeAsync(999);
    expect(runs).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(runs.slice(1)).toEqual([{ key: 'a', items: ['3', '2'] }]);
  });

  it('runs at most once in a period for as long as it is asked for, and once after the last time', async () => {
    for (let ms = 0; ms < 5_000; ms++) {
      pace.ask('a', [String(ms)]);
      await vi.advanceTimersByTimeAsync(1);
    }
    await vi.advanceTimersByTimeAsync(10_000);
    expect(runs.length).toBeLessThanOrEqual(6);
    expect(runs.at(-1)?.items.at(-1)).toBe('4999');
  });

  it('runs once more for what was asked for while it ran', async () => {
    let finish = (): void => undefined;
    const slow = new Pace<string>(
      async (key, items) => {
        await record(key, items);
        await new Promise<void>((resolve) => (finish = resolve));
      },
      { everyMs: 1_000, most: 3 },
    );
    slow.ask('a', ['1']);
    slow.ask('a', ['2']);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(runs).toHaveLength(1);
    finish();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(runs.map(({ items }) => items)).toEqual([['1'], ['2']]);
  });

  it('holds up no key for another one', async () => {
    for (const key of ['a', 'b', 'c']) pace.ask(key, ['1']);
    expect(runs.map(({ key }) => key)).toEqual(['a', 'b', 'c']);
  });

  it('keeps no more keys than it may, and none for longer than a period after its last run', async () => {
    expect(['a', 'b', 'c', 'd'].map((key) => pace.ask(key, ['1']))).toEqual([true, true, true, false]);
    expect(pace.ask('a', ['2'])).toBe(true);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(pace.size).toBe(1);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(pace.size).toBe(0);
    expect(pace.ask('d', ['1'])).toBe(true);
  });

  it('goes on after a run that failed', async () => {
    vi.spyOn(Logger.prototype, 'debug').mockReturnValue(undefined);
    let isAway = true;
    const failing = new Pace<string>(
      async (key, items) => {
        if (isAway) throw new Error('no quorum');
        await record(key, items);
      },
      { everyMs: 1_000, most: 3 },
    );
    failing.ask('a', ['1']);
    failing.ask('a', ['2']);
    isAway = false;
    await vi.advanceTimersByTimeAsync(1_000);
    expect(runs).toEqual([{ key: 'a', items: ['2'] }]);
  });
});
