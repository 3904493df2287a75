import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unreadCount } from './unread-count.js';

describe('unreadCount', () => {
  it('counts messages after the read mark', () => {
    expect(unreadCount({ to_seq: null, last_n: 10, floor_n: 0, read_n: 7 })).toBe(3);
  });

  it('counts messages after the join where nothing was read since', () => {
    expect(unreadCount({ to_seq: null, last_n: 10, floor_n: 6, read_n: 2 })).toBe(4);
  });

  it('is zero for a membership that has ended', () => {
    expect(unreadCount({ to_seq: 12, last_n: 10, floor_n: 0, read_n: 0 })).toBe(0);
  });

  it('is never negative, and never grows by reading', () => {
    const row = fc.record({ to_seq: fc.constant(null), last_n: fc.nat(), floor_n: fc.nat(), read_n: fc.nat() });
    fc.assert(
      fc.property(row, fc.nat(), (before, more) => {
        const after = unreadCount({ ...before, read_n: before.read_n + more });
        expect(after).toBeGreaterThanOrEqual(0);
        expect(after).toBeLessThanOrEqual(unreadCount(before));
      }),
    );
  });
});
