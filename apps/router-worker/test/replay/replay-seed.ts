import { ChaoticRun } from './chaotic-run.js';
import type { ReplayEngines } from './engines.js';
import { generateLog } from './generator.js';
import type { PlantedBug } from './planted-bugs.js';
import { Random } from '@parley/harness';
import { runUninterrupted, type Expected } from './uninterrupted-run.js';
import { writeLog } from './written-log.js';

/** What one seed came to. */
export interface Replayed {
  seed: number;
  /** Empty where everything is as it must be. */
  faults: string[];
  /** Stands for the whole interleaving. */
  trace: number;
  /** What the seed contained: a replay without anything to replay proves nothing. */
  counts: Record<string, number>;
}

/** Makes a log, reads it once without interruption and once with faults, and compares. */
export async function replaySeed(
  engines: ReplayEngines,
  seed: number,
  bug: PlantedBug | null = null,
): Promise<Replayed> {
  const random = new Random(seed);
  const log = generateLog(seed, random);
  const written = await writeLog(engines.log, seed, log, random);
  const expected = await runUninterrupted(engines.uninterrupted, log, written);
  const stores = bug?.makeStores?.(engines.chaotic) ?? engines.chaotic;
  const run = new ChaoticRun(log, written, expected, stores, random, bug);
  const faults = await run.execute();
  const { steps, zombies, plan, witness } = run;
  const counts = { ...countsOf(expected), ...plan.counts, ...witness.counts, zombies, steps: steps.taken };
  return { seed, faults, trace: steps.trace, counts };
}

/** Replays seeds side by side, so that they share the disk's commits; each by itself is as repeatable as alone. */
export async function replaySeeds(
  engines: ReplayEngines,
  seeds: Iterable<number>,
  atOnce: number,
  onReplayed: (replayed: Replayed) => void,
): Promise<void> {
  const next = seeds[Symbol.iterator]();
  const work = async () => {
    for (let seed = next.next(); !seed.done; seed = next.next()) onReplayed(await replaySeed(engines, seed.value));
  };
  await Promise.all(Array.from({ length: atOnce }, work));
}

function countsOf({ verdicts, rows }: Expected): Record<string, number> {
  const outcomes = [...verdicts.values()].flat();
  const having = (text: string) => outcomes.filter((outcome) => outcome.includes(text)).length;
  return {
    accepted: having('"repeated":false'),
    repeated: having('"repeated":true'),
    conflicts: having('"conflict"'),
    refused: having('"not_found"') + having('"forbidden"'),
    reactions: Object.values(rows.conversations).flatMap(({ entries }) => entries.flatMap((entry) => entry.reactions))
      .length,
    quarantined: rows.quarantined.flat().length,
  };
}
