import { describe, expect, it } from 'vitest';
import { inParallel } from './in-parallel.js';

describe('working in parallel', () => {
  it('gives the results in the order of the items, and never does more at once than allowed', async () => {
    const ends: (() => void)[] = [];
    let most = 0;
    const all = inParallel([0, 1, 2, 3, 4], 2, async (item) => {
      await new Promise<void>((end) => {
        ends.push(end);
        most = Math.max(most, ends.length);
      });
      return item * 10;
    });
    // The one that began last ends first.
    for (let ended = 0; ended < 5; ended += 1) {
      ends.pop()?.();
      await new Promise(setImmediate);
    }
    expect(await all).toEqual([0, 10, 20, 30, 40]);
    expect(most).toBe(2);
  });

  it('begins nothing after a failure', async () => {
    const begun: number[] = [];
    const failing = inParallel([0, 1, 2, 3, 4, 5], 2, async (item) => {
      begun.push(item);
      await new Promise(setImmediate);
      if (item === 1) throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    await new Promise(setImmediate);
    await new Promise(setImmediate);
    expect(begun).not.toContain(4);
  });
});
