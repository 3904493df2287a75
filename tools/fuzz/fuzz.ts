import type { Arguments } from './arguments.js';
import { attackWith } from './round.js';
import { Target } from './target.js';

/** Of one part of one round, at most: then the next part has its turn, with a new world. */
const MOST_MS = 30_000;
/** More than so much on top of what it took at the start is a leak. */
const GROWTH_MIB = 768;

/**
 * Round after round, each part in its turn, until the time is over or something is wrong. Answers what is wrong, and has
 * said it with the seed that shows it again.
 */
export async function fuzz(
  { seconds, seed, target: name, parts }: Arguments,
  say: (line: string) => void,
): Promise<string[]> {
  say(`seed ${seed}: ${seconds} s of ${parts.join(', ')} against ${name}`);
  const target = await Target.start(name);
  try {
    const until = performance.now() + seconds * 1_000;
    const each = Math.min(MOST_MS, (seconds * 1_000) / parts.length);
    const memoryBefore = target.memoryMib();
    for (let round = seed; performance.now() < until; round++) {
      for (const part of parts) {
        const { thrown, complaints } = await attackWith(part, round, each, target);
        say(`seed ${round}, ${part}: ${thrown} thrown, ${target.memoryMib()} MiB`);
        const growth = target.memoryMib() - memoryBefore;
        if (growth > GROWTH_MIB) complaints.push(`The server grew by ${growth} MiB`);
        if (complaints.length === 0) continue;
        for (const complaint of complaints) say(complaint);
        say(`FAILED. Again: npm run fuzz -- --target ${name} --seed ${round} --part ${part}`);
        return complaints;
      }
    }
    say('Nothing is wrong.');
    return [];
  } finally {
    await target.stop();
  }
}
