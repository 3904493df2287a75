/**
 * `npm run faults [-- --minutes N] [--seed S] [--nodes 1|3] [--rate SENDS]`: a fleet on engines of its own, under load,
 * and one fault after another, chosen at random. At the end everything that was promised is checked. The engines are
 * brought up before (new data, ports apart from all others) and down after it.
 */
import { EngineSet, findPrograms, missingAmong, Random } from '@parley/harness';
import { install } from '../engines/install.js';
import { parseArguments, type Arguments } from './arguments.js';
import { runFaults } from './fault-run.js';
import { makeTables } from './fleet.js';
import { randomFaults } from './random-faults.js';
import { complaintsOf, summaryOf, tableOf, type RunReport } from './report.js';

const SETS = {
  1: { folder: 'data/engines-faults', nodes: 1, portOffset: 12_000 },
  3: { folder: 'data/engines-faults-3', nodes: 3, portOffset: 15_000 },
} as const;
const LOGS = 'data/faults/logs';
const MINUTE_MS = 60_000;
const say = (line: string): void => console.log(line);
const stopping = new AbortController();

async function run({ minutes, seed, nodes, sendsPerSecond }: Arguments): Promise<RunReport> {
  if (missingAmong(findPrograms(EngineSet.lib)).length > 0) install();
  say(`seed ${seed}: ${minutes} minutes, ${nodes} node(s) of Kafka and Cassandra, ${sendsPerSecond} sends a second`);
  const engines = new EngineSet(SETS[nodes]);
  try {
    await engines.wipe(say);
    await engines.up(say);
    await makeTables(engines);
    const until = performance.now() + minutes * MINUTE_MS;
    const random = new Random(seed);
    const goesOn = (): boolean => !stopping.signal.aborted && performance.now() < until;
    return await runFaults(randomFaults(new Random(seed), nodes, goesOn), {
      engines,
      random,
      sendsPerSecond,
      logs: LOGS,
      say: (fault) => say(`${new Date().toISOString().slice(11, 19)} ${fault}`),
    });
  } finally {
    await engines.down(say);
  }
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stopping.abort());
try {
  const report = await run(parseArguments(process.argv.slice(2)));
  const complaints = complaintsOf(report);
  for (const line of ['', ...tableOf(report), '', ...summaryOf(report), '']) say(line);
  for (const complaint of complaints) say(complaint);
  say(complaints.length === 0 ? 'Every promise was kept.' : `FAILED: ${complaints.length} complaints, logs in ${LOGS}`);
  process.exit(complaints.length === 0 ? 0 : 1);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
