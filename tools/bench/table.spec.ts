import { describe, expect, it } from 'vitest';
import { hundredths, medianRow, percent, rowsOf, tableLines, whole, type Column } from './table.js';

interface Run {
  rate: number;
  share: number;
}

const COLUMNS: Column<Run>[] = [
  { heading: 'rate', of: ({ rate }) => rate, show: whole },
  { heading: 'share', of: ({ share }) => share, show: percent },
];
const RUNS: Run[] = [
  { rate: 900, share: 0.5 },
  { rate: 1_000, share: 0.1 },
  { rate: 30, share: 0.2 },
];

describe('A table of results', () => {
  it('has a line for each', () => {
    expect(rowsOf(COLUMNS, RUNS)).toEqual([
      ['900', '50 %'],
      ['1000', '10 %'],
      ['30', '20 %'],
    ]);
  });

  it('has the median of each figure by itself', () => {
    expect(medianRow(COLUMNS, RUNS)).toEqual(['900', '20 %']);
  });

  it('has columns as wide as their widest cell', () => {
    expect(tableLines(['p50', 'late'], [[hundredths(1_234.567), '1']])).toEqual(['    p50   late', '1234.57      1']);
  });
});
