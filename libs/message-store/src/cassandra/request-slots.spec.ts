import { describe, expect, it } from 'vitest';
import { RequestSlots } from './request-slots.js';

describe('request slots', () => {
  it('let so many run at a time, and the others in their order, failures included', async () => {
    const slots = new RequestSlots(2);
    const running: number[] = [];
    const begun: number[] = [];
    let most = 0;
    const work = (number: number) =>
      slots.run(async () => {
        begun.push(number);
        most = Math.max(most, running.push(number));
        await new Promise(setImmediate);
        running.splice(running.indexOf(number), 1);
        if (number === 1) throw new Error('no');
        return number;
      });
    const results = await Promise.allSettled([0, 1, 2, 3, 4].map(work));
    expect(results.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
      'fulfilled',
      'fulfilled',
    ]);
    expect(begun).toEqual([0, 1, 2, 3, 4]);
    expect(most).toBe(2);
    expect(await work(5)).toBe(5);
  });
});
