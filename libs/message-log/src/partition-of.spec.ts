import { describe, expect, it } from 'vitest';
import { murmur2, partitionOf } from './partition-of.js';

// The vectors of Kafka's own UtilsTest.testMurmur2.
const VECTORS: [string, number][] = [
  ['21', -973932308],
  ['foobar', -790332482],
  ['a-little-bit-long-string', -985981536],
  ['a-little-bit-longer-string', -1486304829],
  ['lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8', -58897971],
  ['abc', 479470107],
];

describe('partitionOf', () => {
  it.each(VECTORS)("hashes '%s' as Kafka does", (key, hash) => {
    expect(murmur2(Buffer.from(key))).toBe(hash);
  });

  it('takes the hash without its sign, modulo the number of partitions', () => {
    for (const [key, hash] of VECTORS) expect(partitionOf(key, 12)).toBe((hash & 0x7fffffff) % 12);
  });

  it('hashes a view into a larger buffer like a buffer of its own', () => {
    const large = Buffer.from('..foobar..');
    expect(murmur2(large.subarray(2, 8))).toBe(-790332482);
  });

  it('spreads ids of conversations over all partitions', () => {
    const counts = Array.from({ length: 8 }, () => 0);
    for (let id = 0; id < 8_000; id++) counts[partitionOf(String(7234982347239424n + BigInt(id) * 4096n), 8)] += 1;
    expect(Math.min(...counts)).toBeGreaterThan(800);
  });
});
