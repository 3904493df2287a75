import { Logger } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ReplayEngines } from './engines.js';
import { PLANTED_BUGS } from './planted-bugs.js';
import { replaySeed } from './replay-seed.js';

/** So many seeds are tried until the bug shows. */
const ENOUGH_SEEDS = 60;

describe('the replay notices when', () => {
  let engines: ReplayEngines;

  beforeAll(() => {
    Logger.overrideLogger(false);
    engines = new ReplayEngines();
  });

  afterAll(() => engines.close());

  it.each(PLANTED_BUGS.map((bug, index) => ({ bug, name: bug.name, firstSeed: 1 + 1_000 * index })))(
    '$name',
    { timeout: 30_000 },
    async ({ bug, firstSeed }) => {
      for (let seed = firstSeed; seed < firstSeed + ENOUGH_SEEDS; seed++) {
        const { faults } = await replaySeed(engines, seed, bug);
        if (faults.length > 0) { console.log(bug.name, seed - firstSeed + 1, faults.slice(0,3)); return; }
      }
      expect.fail(`${bug.name}: not noticed in ${ENOUGH_SEEDS} seeds`);
    },
  );
});
