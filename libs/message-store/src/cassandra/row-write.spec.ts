import { describe, expect, it } from 'vitest';
import { cutBatches, type RowWrite } from './row-write.js';

describe('cutting writes into batches', () => {
  const write = (partition: string, text = ''): RowWrite => ({ partition, cql: 'INSERT', params: [text] });
  const sizes = (writes: RowWrite[]) => cutBatches(writes).map((batch) => batch.length);

  it('makes none of nothing', () => {
    expect(cutBatches([])).toEqual([]);
  });

  it('keeps partitions apart, whatever the order they come in', () => {
    const [a, b, c] = [write('a', '1'), write('b', '2'), write('a', '3')];
    expect(cutBatches([a, b, c])).toEqual([[a, c], [b]]);
  });

  it('takes at most fifty rows', () => {
    expect(sizes(Array.from({ length: 120 }, () => write('a')))).toEqual([50, 50, 20]);
  });

  it('takes at most 256 KiB, counted in bytes and not in characters', () => {
    const text = 'ü'.repeat(40_000);
    expect(sizes(Array.from({ length: 7 }, () => write('a', text)))).toEqual([3, 3, 1]);
  });

  it('lets a row travel alone that is larger than that', () => {
    expect(sizes([write('a'), write('a', 'x'.repeat(300_000)), write('a')])).toEqual([1, 1, 1]);
  });
});
