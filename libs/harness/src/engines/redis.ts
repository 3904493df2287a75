import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NodePlace, NodeRecipe } from './node-recipe.js';
import { REDIS_PROBE } from './probes.js';

/** redis.conf: nothing is kept on disk, because Redis may be wiped at any time without losing a message. */
export function redisConfiguration({ folder, listeners: [{ host, port }] }: NodePlace): string {
  const settings = {
    bind: host,
    port,
    dir: JSON.stringify(join(folder, 'data')),
    save: '""',
    appendonly: 'no',
    // The arguments stay visible in the process table: they tell whose process it is.
    'set-proc-title': 'no',
  };
  return Object.entries(settings)
    .map(([name, value]) => `${name} ${value}\n`)
    .join('');
}

export function redisRecipe(place: NodePlace): NodeRecipe {
  const file = join(place.folder, 'redis.conf');
  return {
    ...place,
    configure: () => {
      mkdirSync(join(place.folder, 'data'), { recursive: true });
      writeFileSync(file, redisConfiguration(place));
    },
    initialise: () => Promise.resolve(),
    command: ({ redis }) => ({ file: redis, args: [file] }),
    mark: file,
    probe: REDIS_PROBE,
    stopSignal: 'SIGTERM',
    startWithinMs: 30_000,
  };
}
