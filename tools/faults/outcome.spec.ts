import { describe, expect, it } from 'vitest';
import { timesOf } from './outcome.js';

const at = (...moments: [number, number][]) => moments.map(([moment, partition]) => ({ at: moment, partition }));

describe('The times of a fault', () => {
  const acceptances = at([0, 1], [10, 2], [110, 1], [400, 1], [450, 2]);
  const times = timesOf(acceptances, [1, 2], { struckAt: 100, healedAt: 300, until: 500 });

  it('count what was accepted while it lasted', () => {
    expect(times.acceptedMeanwhile).toBe(1);
  });

  it('tell from the healing to the first accepted send, and to accepted sends everywhere', () => {
    expect([times.firstAfter, times.everywhereAfter]).toEqual([100, 150]);
  });

  it('find the longest silence, also one that began before the strike', () => {
    expect([times.silence, times.partitionSilence]).toEqual([290, 440]);
  });

  it('say never where a partition took nothing any more', () => {
    const lost = timesOf(at([0, 1], [0, 2], [400, 1]), [1, 2], { struckAt: 100, healedAt: 300, until: 500 });
    expect([lost.firstAfter, lost.everywhereAfter]).toEqual([100, null]);
    expect(lost.partitionSilence).toBe(500);
  });
});
