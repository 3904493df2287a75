import type { Membership } from '@parley/message-store';

/** Entries `from` to `to`, both included; `to` is `Infinity` where there is no end. */
export interface SeqRange {
  from: number;
  to: number;
}

/** What one user may see of a conversation: the entries of all the intervals of membership. */
export class Visibility {
  /** Ascending, apart from each other by at least one entry. */
  readonly ranges: readonly SeqRange[];

  /**
   * The entry with which the present membership began, null for who is not a member. A change of role closes an interval
   * and opens one at its own entry, but the membership began with the join.
   */
  readonly floor: number | null;

  /** `intervals`: all of one user in one conversation, ascending, as the store gives them. */
  constructor(intervals: readonly Membership[]) {
    this.ranges = unionOf(intervals);
    this.floor = presentStart(intervals);
  }

  /** Present and former members have something to see, others nothing. */
  get isEmpty(): boolean {
    return this.ranges.length === 0;
  }

  includes(seq: number): boolean {
    return this.ranges.some((range) => range.from <= seq && seq <= range.to);
  }

  /** The visible parts of `from` to `to`, both included, ascending. */
  within(from: number, to: number): SeqRange[] {
    return this.ranges
      .map((range) => ({ from: Math.max(range.from, from), to: Math.min(range.to, to) }))
      .filter((range) => range.from <= range.to);
  }

  /** The highest visible seq at or below `seq`, 0 where there is none. */
  lastUpTo(seq: number): number {
    return this.within(1, seq).at(-1)?.to ?? 0;
  }
}

function unionOf(intervals: readonly Membership[]): SeqRange[] {
  const ranges: SeqRange[] = [];
  for (const { from_seq, to_seq } of intervals) {
    const to = to_seq ?? Number.POSITIVE_INFINITY;
    const last = ranges.at(-1);
    if (last && from_seq <= last.to + 1) last.to = Math.max(last.to, to);
    else ranges.push({ from: from_seq, to });
  }
  return ranges;
}

function presentStart(intervals: readonly Membership[]): number | null {
  const last = intervals.at(-1);
  if (!last || last.to_seq !== null) return null;
  let start = last.from_seq;
  for (const { from_seq, end_by_seq } of intervals.toReversed().slice(1)) {
    // Ended by the very entry that begins the next one: a change of role, which is no leave.
    if (end_by_seq !== start) break;
    start = from_seq;
  }
  return start;
}
