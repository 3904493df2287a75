import { Logger } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ReplayEngines } from './engines.js';
import { PLANTED_BUGS } from './planted-bugs.js';
import { replaySeed } from './replay-seed.js';

/** So many seeds are tried until the bug shows; most show in the first few. */
const ENOUGH_SEEDS = 150;

describe('the replay notices when', () => {
  let engines: ReplayEngines;

  beforeAll(() => {
    Logger.overrideLogger(false);
    engines = new ReplayEngines();
  });

  afterAll(async () => {
    await engines.close();
    Logger.overrideLogger(true);
  });

  /** The first seeds of each bug are its own: no two runs share an environment's ids. */
  const bugs = PLANTED_BUGS.map((bug, index) => ({ bug, name: bug.name, firstSeed: 1 + 1_000 * index }));

  it.each(bugs)('$name', { timeout: 60_000 }, async ({ bug, firstSeed }) => {
    const noticed: string[] = [];
    for (let seed = firstSeed; seed < firstSeed + ENOUGH_SEEDS && noticed.length === 0; seed++) {
      noticed.push(...(await replaySeed(engines, seed, bug)).faults);
    }
    expect(noticed).not.toEqual([]);
  });
});
