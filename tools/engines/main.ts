/**
 * `npm run engines:install|up|status|down|wipe`: the real engines as native processes of this machine, for development and
 * for the tests that need them. `up` installs what is missing.
 */
import { EngineSet, findPrograms, missingAmong } from '@parley/harness';
import { parseArguments, type Arguments } from './arguments.js';
import { install } from './install.js';
import { environmentLines, statusTable } from './report.js';

const say = (line: string): void => console.log(line);

async function up(set: EngineSet): Promise<void> {
  if (missingAmong(findPrograms(EngineSet.lib)).length > 0) install();
  const begun = performance.now();
  await set.up(say);
  say(
    `All engines answer after ${((performance.now() - begun) / 1000).toFixed(1)} s. Their data and logs are in ${set.folder}`,
  );
  for (const line of environmentLines(set.environment())) say(line);
}

async function wipe(set: EngineSet): Promise<void> {
  const folders = await set.wipe(say);
  for (const folder of folders) say(`deleted ${folder}`);
  if (folders.length === 0) say(`There is no data of engines in ${set.folder}`);
}

async function run({ command, set }: Arguments): Promise<void> {
  if (process.platform !== 'linux') throw new Error('The engines run natively on Linux only; this is not Linux.');
  switch (command) {
    case 'install':
      return install();
    case 'up':
      return up(new EngineSet(set));
    case 'status':
      return statusTable(await new EngineSet(set).status()).forEach(say);
    case 'down':
      return new EngineSet(set).down(say);
    case 'wipe':
      return wipe(new EngineSet(set));
  }
}

try {
  await run(parseArguments(process.argv.slice(2)));
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
