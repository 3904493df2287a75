import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decode, encode, EPOCH_MS, IDS_PER_MS, LAST_MS, timestampOf, WORKERS } from './snowflake-id.js';

const parts = fc.record({
  timestampMs: fc.integer({ min: EPOCH_MS, max: LAST_MS }),
  worker: fc.integer({ min: 0, max: WORKERS - 1 }),
  sequence: fc.integer({ min: 0, max: IDS_PER_MS - 1 }),
});

describe('a snowflake id', () => {
  it('gives back the parts it was made of', () => {
    fc.assert(
      fc.property(parts, (made) => {
        expect(decode(encode(made))).toEqual(made);
        expect(timestampOf(encode(made))).toBe(made.timestampMs);
      }),
    );
  });

  it('is ordered by time, then worker, then sequence', () => {
    const asTuple = ({ timestampMs, worker, sequence }: typeof made) => [timestampMs, worker, sequence];
    const made = { timestampMs: 0, worker: 0, sequence: 0 };
    fc.assert(
      fc.property(parts, parts, (a, b) => {
        const [x, y] = [asTuple(a), asTuple(b)];
        const at = x.findIndex((value, i) => value !== y[i]);
        expect(encode(a) < encode(b)).toBe(at >= 0 && x[at] < y[at]);
      }),
    );
  });

  it('has 63 bits: 41 of milliseconds since 2024, 10 of worker, 12 of sequence', () => {
    const at = (timestampMs: number, worker = 0, sequence = 0) => encode({ timestampMs, worker, sequence });
    expect(at(Date.UTC(2024, 0, 1), 0, 1)).toBe(1n);
    expect(at(Date.UTC(2024, 0, 1), 1)).toBe(2n ** 12n);
    expect(at(Date.UTC(2024, 0, 1) + 1)).toBe(2n ** 22n);
    expect(at(LAST_MS, WORKERS - 1, IDS_PER_MS - 1)).toBe(2n ** 63n - 1n);
  });

  it('is nothing below 0 or beyond 63 bits', () => {
    expect(() => decode(-1n)).toThrow(RangeError);
    expect(() => decode(2n ** 63n)).toThrow(RangeError);
  });
});
