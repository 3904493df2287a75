/**
 * `npm run bench -- smoke`: what one standalone server does on one core, with the load on another. It prints and asserts
 * nothing: figures belong to a machine. Linux only.
 */
import { execFileSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { runClosedLoop } from './closed-loop.js';
import { measureIdleConnections } from './idle-connections.js';
import { MeasuredServer } from './measured-server.js';
import { runOpenLoop } from './open-loop.js';
import { connectPairs, registerUsers } from './pairs.js';
import { closedLoopRow, idleLines, openLoopRow, printTable } from './report.js';

const PAIRS = 100;
const RATES = [100, 500, 1_500];
/** Sends that each of the 200 clients keeps in flight. */
const DEPTHS = [1, 4];
const DEVICES_EACH = 10;
const SERVER_CORE = 0;
const GENERATOR_CORE = 1;

/** Server and generator each get a core of their own where that can be had; says whether it could. */
function pinGenerator(): boolean {
  if (availableParallelism() < 2) return false;
  try {
    execFileSync('taskset', ['-acp', String(GENERATOR_CORE), String(process.pid)], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

async function smoke(): Promise<void> {
  const pinned = pinGenerator();
  console.log(pinned ? 'server on core 0, generator on core 1' : 'not pinned: server and generator share the cores');
  const server = await MeasuredServer.start(pinned ? SERVER_CORE : undefined);
  try {
    await measure(server);
  } finally {
    await server.stop();
  }
}

async function measure(server: MeasuredServer): Promise<void> {
  const users = await registerUsers(server.url, 2 * PAIRS, (done) => {
    if (done % 50 === 0) console.log(`registered ${done} of ${2 * PAIRS} users`);
  });
  for (const line of idleLines(await measureIdleConnections(server, users, DEVICES_EACH))) console.log(line);

  const pairs = await connectPairs(server.url, users);
  console.log(`\nOpen loop over ${PAIRS} pairs, milliseconds from the due time of a send`);
  const open = [];
  for (const rate of RATES) open.push(openLoopRow(await runOpenLoop(server, pairs, rate)));
  printTable(open);

  console.log(`\nClosed loop over ${PAIRS} pairs, each message delivered to both`);
  const closed = [];
  for (const depth of DEPTHS) closed.push(closedLoopRow(await runClosedLoop(server, pairs, depth)));
  printTable(closed);
  for (const { clients } of pairs) for (const client of clients) client.close();
}

const [, , suite] = process.argv;
if (suite === 'smoke') {
  await smoke();
} else {
  console.error('Which bench? There is: npm run bench -- smoke');
  process.exitCode = 1;
}
