import { Logger } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ReplayEngines } from './engines.js';
import { replaySeed, replaySeeds, type Replayed } from './replay-seed.js';

describe('replay', () => {
  let engines: ReplayEngines;
  beforeAll(() => {
    Logger.overrideLogger(false);
    engines = new ReplayEngines();
  });
  afterAll(() => engines.close());

  it('first', async () => {
    const t = Date.now();
    const all: Replayed[] = [];
    const n = Number(process.env.N ?? 20);
    await replaySeeds(engines, Array.from({ length: n }, (_, i) => Number(process.env.S ?? 1) + i), Number(process.env.C ?? 16), (r) => all.push(r));
    console.log(Date.now() - t, 'ms');
    const bad = all.filter((r) => r.faults.length);
    console.log(bad.length, JSON.stringify(bad.slice(0, 5), null, 1));
    console.log(all.slice(0, 5).map((r) => JSON.stringify(r.counts)).join('\n'));
  }, 120000);
});
