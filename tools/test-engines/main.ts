/**
 * `npm run test:engines [-- VITEST ARGUMENTS]`: the tests that need real engines, on engines of their own: new data, ports
 * apart from those of `npm run engines:up`. They are installed where something is missing, brought up before and down
 * after the tests, whatever becomes of those.
 *
 * package.json runs this file with Node itself: the `tsx` command would kill it in the middle of an orderly stop.
 */
import { EngineSet, findPrograms, missingAmong } from '@parley/harness';
import { install } from '../engines/install.js';
import { runNode, vitestCommand } from './run-vitest.js';

const SET = { folder: 'data/engines-test', nodes: 1, portOffset: 20_000 };
const say = (line: string): void => console.log(line);

async function run(stopping: AbortSignal): Promise<number> {
  if (missingAmong(findPrograms(EngineSet.lib)).length > 0) install();
  const engines = new EngineSet(SET);
  try {
    await engines.wipe(say);
    await engines.up(say);
    // By their folder the fault suite stops and kills them.
    const environment = { ...engines.environment(), ENGINES_FOLDER: engines.folder };
    return await runNode(vitestCommand(process.argv.slice(2)), environment, stopping);
  } finally {
    await engines.down(say);
  }
}

const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stopping.abort());
try {
  process.exitCode = await run(stopping.signal);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
