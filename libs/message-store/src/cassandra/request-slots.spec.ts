import { errors } from 'cassandra-driver';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { RequestSlots } from './request-slots.js';

describe('request slots', () => {
  afterEach(() => vi.useRealTimers());

  it('let so many run at a time, and the others in their order, failures included', async () => {
    const slots = new RequestSlots(2, 10_000);
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

  it('refuse whoever has waited too long, and go on with who has not', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const slots = new RequestSlots(1, 10_000);
    let end: (value: string) => void = () => undefined;
    const slow = slots.run(() => new Promise<string>((resolve) => (end = resolve)));
    const late = [1, 2].map((number) => slots.run(async () => number));
    vi.advanceTimersByTime(10_000);
    const inTime = slots.run(async () => 3);
    end('done');
    expect(await slow).toBe('done');
    for (const one of late) await expect(one).rejects.toBeInstanceOf(errors.OperationTimedOutError);
    expect(await inTime).toBe(3);
    expect(await slots.run(async () => 4)).toBe(4);
  });
});
