import { describe, expect, it } from 'vitest';
import { parseStages, quantile, stagesSince, sumOfStages, type StageHistogram } from './stage-histograms.js';

const SCRAPED = `# HELP parley_stage_seconds Time that the stages of a message take, in seconds
# TYPE parley_stage_seconds histogram
parley_stage_seconds_bucket{le="0.01",stage="log"} 2
parley_stage_seconds_bucket{le="0.1",stage="log"} 4
parley_stage_seconds_bucket{le="+Inf",stage="log"} 5
parley_stage_seconds_sum{stage="log"} 1.5
parley_stage_seconds_count{stage="log"} 5
parley_sessions 3
`;

function histogram(...counts: number[]): StageHistogram {
  return { bounds: [0.01, 0.1, Infinity], counts };
}

describe('The histograms of stages', () => {
  it('are read out of what a process shows to Prometheus', () => {
    expect(parseStages(SCRAPED)).toEqual(new Map([['log', histogram(2, 4, 5)]]));
  });

  it('of several processes are added up, whether or not each of them has the stage', () => {
    const gateway = new Map([['log', histogram(1, 2, 3)]]);
    const router = new Map([
      ['log', histogram(0, 1, 1)],
      ['store', histogram(5, 5, 5)],
    ]);
    expect(sumOfStages([gateway, router])).toEqual(
      new Map([
        ['log', histogram(1, 3, 4)],
        ['store', histogram(5, 5, 5)],
      ]),
    );
  });

  it('leave out what was there before', () => {
    const before = new Map([['log', histogram(1, 2, 3)]]);
    expect(stagesSince(before, new Map([['log', histogram(1, 5, 9)]]))).toEqual(new Map([['log', histogram(0, 3, 6)]]));
  });

  it('give a share of the observations within a bucket', () => {
    expect(quantile(histogram(50, 100, 100), 0.5)).toBeCloseTo(0.01);
    expect(quantile(histogram(50, 100, 100), 0.75)).toBeCloseTo(0.055);
    expect(quantile(histogram(0, 100, 100), 0.5)).toBeCloseTo(0.055);
  });

  it('give the last bound for what lies beyond it, and no number where nothing was observed', () => {
    expect(quantile(histogram(0, 0, 10), 0.99)).toBe(0.1);
    expect(quantile(histogram(0, 0, 0), 0.5)).toBeNaN();
  });
});
