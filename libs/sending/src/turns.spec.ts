import { describe, expect, it } from 'vitest';
import { Turns } from './turns.js';

/** What has come to pass when everything that can go on has gone on. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('Turns', () => {
  it('come in the order of joining, whoever is ready first', async () => {
    const turns = new Turns();
    const came: number[] = [];
    const [first, second, third] = [1, 2, 3].map((n) => {
      const turn = turns.join('key');
      void turn.come.then(() => came.push(n));
      return turn;
    });
    third.leave();
    await settled();
    expect(came).toEqual([1]);
    first.leave();
    await settled();
    expect(came).toEqual([1, 2]);
    second.leave();
    second.leave();
    await settled();
    expect(came).toEqual([1, 2, 3]);
  });

  it('of different keys do not wait for each other', async () => {
    const turns = new Turns();
    turns.join('one');
    await expect(turns.join('other').come).resolves.toBeUndefined();
  });

  it('leave nothing behind', async () => {
    const turns = new Turns();
    for (const turn of [turns.join('key'), turns.join('key'), turns.join('other')]) turn.leave();
    await settled();
    expect(turns.size).toBe(0);
  });
});
