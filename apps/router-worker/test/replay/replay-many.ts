import { parseArgs } from 'node:util';
import { Logger } from '@nestjs/common';
import { ReplayEngines } from './engines.js';
import { replaySeeds } from './replay-seed.js';

/** Seeds that share one pair of environments; then they get new ones, which keeps the folder small. */
const SEEDS_PER_ENVIRONMENT = 500;
const AT_ONCE = 64;

const USAGE = 'npm run replay -- --seeds 20000 [--from 1]   or   npm run replay -- --seed 4711';

/** `npm run replay`: many seeds with progress, or one again with everything that is wrong with it. */
async function main(): Promise<void> {
  const { seeds, from, seed } = parseArgs({
    options: {
      seeds: { type: 'string', default: '20000' },
      from: { type: 'string', default: '1' },
      seed: { type: 'string' },
    },
  }).values;
  const first = Number(seed ?? from);
  const count = seed === undefined ? Number(seeds) : 1;
  if (!Number.isSafeInteger(first) || !Number.isSafeInteger(count) || first < 0 || count < 1) throw new Error(USAGE);
  Logger.overrideLogger(false);
  const begun = performance.now();
  for (let start = first; start < first + count; start += SEEDS_PER_ENVIRONMENT) {
    const end = Math.min(start + SEEDS_PER_ENVIRONMENT, first + count);
    if (!(await replayRange(start, end))) {
      process.exitCode = 1;
      return;
    }
    const seconds = Math.round((performance.now() - begun) / 1_000);
    print(`${end - first} of ${count} seeds, ${seconds} s, every one as without interruption`);
  }
}

/** Prints the lowest failing seed of the range; true where there is none. */
async function replayRange(start: number, end: number): Promise<boolean> {
  const engines = new ReplayEngines();
  const failed: { seed: number; faults: string[] }[] = [];
  try {
    const seeds = Array.from({ length: end - start }, (_, index) => start + index);
    await replaySeeds(engines, seeds, AT_ONCE, (replayed) => {
      if (replayed.faults.length > 0) failed.push(replayed);
    });
  } finally {
    await engines.close();
  }
  const [first] = failed.sort((a, b) => a.seed - b.seed);
  if (first) print(`seed ${first.seed} failed (${failed.length} of ${end - start}):\n  ${first.faults.join('\n  ')}`);
  return !first;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

await main();
