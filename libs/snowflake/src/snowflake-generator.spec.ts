import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { MAX_AHEAD_MS, SnowflakeGenerator } from './snowflake-generator.js';
import { decode, EPOCH_MS, IDS_PER_MS, LAST_MS, timestampOf } from './snowflake-id.js';
import { ManualClock } from './testing/index.js';

const FOR_EVER = Number.MAX_SAFE_INTEGER;

describe('the generator', () => {
  let clock: ManualClock;
  beforeEach(() => {
    clock = new ManualClock();
  });

  const generatorOf = (worker = 7, lastTimeMs = 0): SnowflakeGenerator => {
    const generator = new SnowflakeGenerator(clock, worker, lastTimeMs);
    generator.reserveUntil(FOR_EVER);
    return generator;
  };
  const issue = (generator: SnowflakeGenerator): bigint => {
    const answer = generator.next();
    if (!answer.ok) throw new Error(answer.reason);
    return answer.id;
  };
  const issueUntilRefused = (generator: SnowflakeGenerator): { ids: bigint[]; reason: string } => {
    const ids: bigint[] = [];
    while (ids.length <= IDS_PER_MS * (MAX_AHEAD_MS + 2)) {
      const answer = generator.next();
      if (!answer.ok) return { ids, reason: answer.reason };
      ids.push(answer.id);
    }
    throw new Error('It refuses nothing');
  };

  describe('time', () => {
    it('begins with the wall clock and goes on with the monotonic clock', () => {
      const generator = generatorOf();
      expect(timestampOf(issue(generator))).toBe(clock.wallMs());
      clock.advance(1_234.9);
      expect(timestampOf(issue(generator))).toBe(Date.UTC(2026, 0, 1) + 1_234);
    });

    it('is not moved by steps of the wall clock', () => {
      const generator = generatorOf();
      fc.assert(
        fc.property(fc.integer({ min: -3_600_000, max: 3_600_000 }), (step) => {
          const before = timestampOf(issue(generator));
          clock.stepWall(step);
          expect(timestampOf(issue(generator))).toBe(before);
        }),
      );
    });

    it('takes a monotonic clock that falls back for one that stands still', () => {
      const generator = generatorOf();
      clock.advance(10_000);
      const before = timestampOf(issue(generator));
      clock.stepMonotonic(-5_000);
      expect(timestampOf(issue(generator))).toBe(before);
      expect(generator.nowMs()).toBe(before);
    });

    it('begins after the stored time when the wall clock was set back before the start', () => {
      const lastTimeMs = clock.wallMs() + 3_600_000;
      expect(timestampOf(issue(generatorOf(7, lastTimeMs)))).toBe(lastTimeMs + 1);
    });

    it('gives a positive id even when the wall clock was never set', () => {
      clock = new ManualClock(0);
      expect(issue(generatorOf(0))).toBeGreaterThan(0n);
      expect(timestampOf(issue(generatorOf(0)))).toBe(EPOCH_MS + 1);
    });
  });

  describe('sequence', () => {
    it('gives 4,096 ids in a millisecond, then borrows the next', () => {
      const generator = generatorOf();
      const ids = Array.from({ length: IDS_PER_MS + 1 }, () => issue(generator));
      expect(ids.map((id) => decode(id).sequence)).toEqual([...Array(IDS_PER_MS).keys(), 0]);
      expect(timestampOf(ids[IDS_PER_MS - 1])).toBe(clock.wallMs());
      expect(timestampOf(ids[IDS_PER_MS])).toBe(clock.wallMs() + 1);
    });

    it('goes on with a borrowed millisecond when the clock gets there', () => {
      const generator = generatorOf();
      const ids = Array.from({ length: IDS_PER_MS + 1 }, () => issue(generator));
      clock.advance(1);
      expect(decode(issue(generator))).toEqual({ ...decode(ids[IDS_PER_MS]), sequence: 1 });
    });

    it('refuses when a clock that stands still has been run ahead of, and goes on when it moves', () => {
      const generator = generatorOf();
      const { ids, reason } = issueUntilRefused(generator);
      expect(reason).toBe('ahead_of_clock');
      expect(ids).toHaveLength(IDS_PER_MS * (MAX_AHEAD_MS + 1));
      clock.advance(1);
      expect(issueUntilRefused(generator).ids).toHaveLength(IDS_PER_MS);
    });
  });

  describe('reservation', () => {
    it('gives nothing before there is one', () => {
      expect(new SnowflakeGenerator(clock, 7, 0).next()).toEqual({ ok: false, reason: 'lease_lapsed' });
    });

    it('gives no id after the reserved time, borrowed milliseconds included, until it is renewed', () => {
      const generator = new SnowflakeGenerator(clock, 7, 0);
      generator.reserveUntil(clock.wallMs() + 2);
      const { ids, reason } = issueUntilRefused(generator);
      expect(reason).toBe('lease_lapsed');
      expect(timestampOf(ids[ids.length - 1])).toBe(clock.wallMs() + 2);
      clock.advance(3);
      expect(generator.refusal()?.reason).toBe('lease_lapsed');
      generator.reserveUntil(clock.wallMs());
      expect(timestampOf(issue(generator))).toBe(clock.wallMs());
    });

    it('never shrinks', () => {
      const generator = new SnowflakeGenerator(clock, 7, 0);
      generator.reserveUntil(clock.wallMs() + 1);
      generator.reserveUntil(clock.wallMs() - 1);
      expect(generator.refusal()).toBeUndefined();
    });
  });

  it('gives the last id of the 41 bits and refuses for ever after', () => {
    clock = new ManualClock(LAST_MS);
    const generator = generatorOf(1023);
    const { ids, reason } = issueUntilRefused(generator);
    expect([ids.length, ids[ids.length - 1], reason]).toEqual([IDS_PER_MS, 2n ** 63n - 1n, 'time_exhausted']);
    clock.advance(3_600_000);
    expect(generator.next()).toEqual({ ok: false, reason: 'time_exhausted' });
  });

  describe('under any clock', () => {
    /** What happens between two ids: time passes, or a clock jumps, stands still or runs backwards. */
    const events = fc.oneof(
      fc.record({ kind: fc.constant('advance'), ms: fc.double({ min: 0, max: 50, noNaN: true }) }),
      fc.record({ kind: fc.constant('stepWall'), ms: fc.integer({ min: -3_600_000, max: 3_600_000 }) }),
      fc.record({ kind: fc.constant('stepMonotonic'), ms: fc.integer({ min: -5_000, max: 5 }) }),
      fc.record({ kind: fc.constant('burst'), ms: fc.integer({ min: 1, max: IDS_PER_MS * 3 }) }),
    ) as fc.Arbitrary<{ kind: 'advance' | 'stepWall' | 'stepMonotonic' | 'burst'; ms: number }>;

    const idsAmid = (generator: SnowflakeGenerator, history: { kind: string; ms: number }[]): bigint[] => {
      const ids: bigint[] = [];
      for (const { kind, ms } of history) {
        if (kind === 'advance') clock.advance(ms);
        if (kind === 'stepWall') clock.stepWall(ms);
        if (kind === 'stepMonotonic') clock.stepMonotonic(ms);
        for (let left = kind === 'burst' ? ms : 1; left > 0; left -= 1) {
          const answer = generator.next();
          if (answer.ok) ids.push(answer.id);
        }
      }
      return ids;
    };

    it('ids of one generator are strictly increasing', () => {
      fc.assert(
        fc.property(fc.array(events, { maxLength: 30 }), (history) => {
          const ids = idsAmid(generatorOf(), history);
          expect(ids.every((id, i) => i === 0 || id > ids[i - 1])).toBe(true);
        }),
      );
    });

    it('ids of generators with different workers never meet', () => {
      fc.assert(
        fc.property(
          fc.uniqueArray(fc.nat(1023), { minLength: 2, maxLength: 6 }),
          fc.array(events),
          (workers, history) => {
            const generators = workers.map((worker) => generatorOf(worker));
            const ids = history.flatMap((event) => generators.flatMap((generator) => idsAmid(generator, [event])));
            expect(new Set(ids).size).toBe(ids.length);
          },
        ),
        { numRuns: 30 },
      );
    });

    it('ids of the next holder are greater than those of the one before it', () => {
      fc.assert(
        fc.property(fc.array(events, { maxLength: 10 }), fc.array(events, { maxLength: 10 }), (before, after) => {
          const first = generatorOf(7);
          const earlier = idsAmid(first, before);
          const later = idsAmid(generatorOf(7, first.lastTimeMs), after);
          expect(earlier.every((id) => later.length === 0 || id < later[0])).toBe(true);
        }),
      );
    });
  });
});
