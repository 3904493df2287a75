import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Membership } from '@parley/message-store';
import { Visibility } from './visibility.js';

/** [from, to, caused by]; no end for a present member. */
const intervals = (...list: [number, number?, number?][]): Membership[] =>
  list.map(([from_seq, to_seq = null, end_by_seq = to_seq]) => ({
    user_id: '901',
    from_seq,
    to_seq,
    end_by_seq,
    role: 'member',
  }));

describe('Visibility', () => {
  it('is empty for who never was a member', () => {
    const nothing = new Visibility([]);
    expect(nothing).toMatchObject({ ranges: [], floor: null, isEmpty: true });
    expect(nothing.includes(1)).toBe(false);
    expect(nothing.lastUpTo(100)).toBe(0);
  });

  it('includes join and leave entries and leaves out what lies between memberships', () => {
    const visibility = new Visibility(intervals([2, 4], [8]));
    expect(visibility.ranges).toEqual([
      { from: 2, to: 4 },
      { from: 8, to: Number.POSITIVE_INFINITY },
    ]);
    expect([1, 2, 4, 5, 7, 8, 1_000].filter((seq) => visibility.includes(seq))).toEqual([2, 4, 8, 1_000]);
    expect(visibility.within(3, 9)).toEqual([
      { from: 3, to: 4 },
      { from: 8, to: 9 },
    ]);
    expect([1, 3, 6, 9].map((seq) => visibility.lastUpTo(seq))).toEqual([0, 3, 4, 9]);
  });

  it('begins the present membership at its join, whatever changes of role came since', () => {
    expect(new Visibility(intervals([2, 5, 6], [6, 8, 9], [9])).floor).toBe(2);
    expect(new Visibility(intervals([2, 5, 6], [6, 8, 9], [9])).ranges).toHaveLength(1);
  });

  it('begins the present membership at the new join, also right after leaving', () => {
    const visibility = new Visibility(intervals([2, 5], [6]));
    expect(visibility.floor).toBe(6);
    expect(visibility.ranges).toEqual([{ from: 2, to: Number.POSITIVE_INFINITY }]);
  });

  it('has no floor for a former member, who keeps seeing what there was', () => {
    const former = new Visibility(intervals([2, 5, 6], [6, 8]));
    expect(former.floor).toBeNull();
    expect(former.isEmpty).toBe(false);
    expect(former.lastUpTo(100)).toBe(8);
  });

  it('shows exactly the entries that some interval covers', () => {
    const steps = fc.array(fc.record({ gap: fc.nat(4), length: fc.nat(4) }), { maxLength: 6 });
    fc.assert(
      fc.property(steps, fc.boolean(), fc.nat(60), (list, stillMember, seq) => {
        let next = 1;
        const closed = list.map(({ gap, length }): [number, number] => {
          const from = next + gap;
          next = from + length + 1;
          return [from, from + length];
        });
        const all = intervals(...closed, ...(stillMember ? [[next] as [number]] : []));
        const covered = (at: number) => all.some((one) => one.from_seq <= at && at <= (one.to_seq ?? Infinity));
        const visibility = new Visibility(all);
        expect(visibility.includes(seq)).toBe(covered(seq));
        const below = Array.from({ length: seq }, (_, index) => index + 1).filter(covered);
        expect(visibility.lastUpTo(seq)).toBe(below.at(-1) ?? 0);
        const spans = visibility.within(1, seq);
        const listed = spans.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, i) => from + i));
        expect(listed).toEqual(below);
      }),
    );
  });
});
