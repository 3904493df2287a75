import { acceptedSends, EngineSet, enginesFolder, Random } from '@parley/harness';
import { beforeAll, describe, expect, it } from 'vitest';
import { runFaults } from './fault-run.js';
import { faultsInShort } from './faults.js';
import { complaintsOf, summaryOf, tableOf, type RunReport } from './report.js';

const SEED = 4;
const SENDS_PER_SECOND = 150;
const LEAST_ACCEPTED = 10_000;
const DURATIONS = { engineAway: 20_000, paused: 10_000, processAway: 2_000 };

describe('A fleet under load, whose processes and engines die, stand still and come back', () => {
  let report: RunReport;

  beforeAll(async () => {
    const folder = enginesFolder();
    if (folder === null) throw new Error('This suite stops engines: run it with `npm run test:engines`');
    const engines = new EngineSet({ folder });
    report = await runFaults(faultsInShort(DURATIONS), {
      engines,
      random: new Random(SEED),
      sendsPerSecond: SENDS_PER_SECOND,
      logs: 'data/faults/survival',
      say: (fault) => console.log(fault),
    });
    console.log([...tableOf(report), '', ...summaryOf(report)].join('\n'));
    // Four minutes where the machine has nothing else to do.
  }, 600_000);

  it('accepted at least 10,000 sends', () => {
    expect(acceptedSends(report.observations)).toBeGreaterThanOrEqual(LEAST_ACCEPTED);
  });

  it('lost, doubled, reordered and invented nothing, said why it refused, and recovered in time from each', () => {
    expect(complaintsOf(report)).toEqual([]);
  });
});
