import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EndedLately } from './ended-lately.js';

describe('EndedLately', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
  afterEach(() => void vi.useRealTimers());

  it('forgets what it has not heard of for a minute, though somebody names one of them all the time', () => {
    const ended = new EndedLately();
    ended.note('again and again');
    for (let others = 0; others < 10; others++) {
      ended.note(`family ${others}`);
      vi.advanceTimersByTime(30_000);
      ended.note('again and again');
    }
    expect(ended.has('again and again')).toBe(true);
    const kept = Array.from({ length: 10 }, (_, others) => ended.has(`family ${others}`));
    expect(kept).toEqual([...Array<boolean>(9).fill(false), true]);
  });
});
