import { Logger } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ReplayEngines } from './engines.js';
import { replaySeed, replaySeeds, type Replayed } from './replay-seed.js';

const SEEDS = 500;
const AT_ONCE = 64;
/** On a busy machine; 20 s on a quiet one. */
const TIMEOUT_MS = 180_000;

describe('a log that is read with crashes, partial writes and stale routers', () => {
  let engines: ReplayEngines;
  const replayed: Replayed[] = [];

  beforeAll(async () => {
    Logger.overrideLogger(false);
    engines = new ReplayEngines();
    const seeds = Array.from({ length: SEEDS }, (_, index) => index + 1);
    await replaySeeds(engines, seeds, AT_ONCE, (each) => replayed.push(each));
  }, TIMEOUT_MS);

  afterAll(async () => {
    await engines.close();
    Logger.overrideLogger(true);
  });

  it(`comes to what one uninterrupted reading comes to, on every device too, in ${SEEDS} seeds`, () => {
    const failed = replayed.filter(({ faults }) => faults.length > 0);
    const reports = failed.map(({ seed, faults }) => [`npm run replay -- --seed ${seed}`, ...faults].join('\n  '));
    expect(replayed).toHaveLength(SEEDS);
    expect(reports.join('\n')).toBe('');
  });

  it('has met everything that it is about', () => {
    const sums: Record<string, number> = {};
    for (const { counts } of replayed) {
      for (const [name, count] of Object.entries(counts)) sums[name] = (sums[name] ?? 0) + count;
    }
    const rare = Object.entries(sums).filter(([, count]) => count < SEEDS / 5);
    expect(rare).toEqual([]);
    expect(sums.accepted).toBeGreaterThan(10 * SEEDS);
    expect(sums.zombies).toBeGreaterThan(SEEDS);
  });

  it('goes the same way for the same seed', async () => {
    const others = new ReplayEngines();
    try {
      for (const seed of [1, 2, 3]) {
        expect(await replaySeed(others, seed)).toEqual(replayed.find((each) => each.seed === seed));
      }
    } finally {
      await others.close();
    }
  });
});
