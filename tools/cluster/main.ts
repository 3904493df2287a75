/**
 * `npm run cluster`: gateways, router-workers and apis as processes of their own on the real engines of this machine,
 * behind one address. Engines that do not run are brought up and stay up. A process that dies is started again. Ctrl-C
 * stops all processes within 10 s.
 *
 * package.json runs this file with Node itself: the `tsx` command would kill it in the middle of an orderly stop.
 */
import {
  ClusterProcesses,
  engineAddresses,
  EngineSet,
  findPrograms,
  missingAmong,
  type AppProcess,
} from '@parley/harness';
import { install } from '../engines/install.js';
import { parseArguments, type Arguments } from './arguments.js';
import { addressLines, secondsSince } from './report.js';
import { supervise } from './supervise.js';

const LOGS = 'data/cluster';
/** Whatever is left then is killed: the processes never outlive this one. */
const STOP_WITHIN_MS = 9_500;
const say = (line: string): void => console.log(line);
const stopping = new AbortController();

async function enginesUp(): Promise<EngineSet> {
  if (missingAmong(findPrograms(EngineSet.lib)).length > 0) install();
  const engines = new EngineSet();
  await engines.up(say);
  return engines;
}

async function startOne(process: AppProcess): Promise<void> {
  const begun = performance.now();
  await process.start();
  say(`${process.name} is ready after ${secondsSince(begun)}`);
}

async function run(args: Arguments): Promise<void> {
  const begun = performance.now();
  const engines = await enginesUp();
  if (stopping.signal.aborted) return;
  const cluster = await ClusterProcesses.prepare({
    ...args,
    engines: engineAddresses(engines.environment()),
    logs: LOGS,
  });
  const stopped = new Promise<void>((resolve) => {
    stopping.signal.addEventListener('abort', () => void stop(cluster).then(resolve));
  });
  try {
    await Promise.all(cluster.processes.map(startOne));
  } catch (error) {
    if (!stopping.signal.aborted) {
      await cluster.stop();
      throw error;
    }
  }
  if (!stopping.signal.aborted) {
    say(`The cluster is ready in ${secondsSince(begun)}`);
    for (const line of addressLines(cluster, LOGS)) say(line);
    say('\nCtrl-C stops these processes. The engines stay up; `npm run engines:down` stops them.');
    for (const each of cluster.processes) void supervise(each, { stopping: stopping.signal, say });
  }
  await stopped;
}

async function stop(cluster: ClusterProcesses): Promise<void> {
  const begun = performance.now();
  say('Stopping ...');
  await cluster.stop();
  say(
    `All processes have ended after ${secondsSince(begun)}. The engines stay up; \`npm run engines:down\` stops them.`,
  );
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    if (stopping.signal.aborted) return;
    stopping.abort();
    setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
  });
}
try {
  await run(parseArguments(process.argv.slice(2)));
  process.exit(0);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
