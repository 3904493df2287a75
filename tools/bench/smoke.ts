import { runClosedLoop, type ClosedLoopResult } from './closed-loop.js';
import { measureIdleConnections } from './idle-connections.js';
import type { MeasuredTarget } from './measured-target.js';
import { runOpenLoop, type OpenLoopResult } from './open-loop.js';
import { connectPairs, registerUsers, type Pair } from './pairs.js';
import {
  closedLoopMedians,
  closedLoopTable,
  idleLines,
  openLoopMedians,
  openLoopTable,
  processorTable,
  stageTable,
} from './report.js';

const PAIRS = 100;
/** Sends that each of the 200 clients keeps in flight. */
const DEPTHS = [1, 4];
/** Rates of the open loop, as shares of what the closed loop reached. */
const SHARES = [0.1, 0.5, 0.8];
const SHOWN_SHARE = 0.5;
const DEVICES_EACH = 10;

const say = (line: string): void => console.log(line);
const section = (title: string, lines: readonly string[]): void => [`\n${title}`, ...lines].forEach(say);

/** First connects and idle connections, then so many rounds of saturation and of latencies below it. */
export async function smoke(target: MeasuredTarget, rounds: number): Promise<void> {
  const users = await registerUsers(target.url, 2 * PAIRS, (done) => {
    if (done % 50 === 0) say(`registered ${done} of ${2 * PAIRS} users`);
  });
  section('First connects, then silence', idleLines(await measureIdleConnections(target, users, DEVICES_EACH)));
  const pairs = await connectPairs(target, users);
  // Code that has not been compiled yet is no measure of anything.
  await runClosedLoop(target, pairs, 1);

  const closed: ClosedLoopResult[] = [];
  const open: OpenLoopResult[] = [];
  for (let round = 1; round <= rounds; round++) {
    if (rounds > 1) say(`\nRound ${round} of ${rounds}`);
    closed.push(...(await measureSaturation(target, pairs)));
    const saturation = Math.max(...closed.slice(0, DEPTHS.length).map(({ perSecond }) => perSecond));
    open.push(...(await measureLatencies(target, pairs, saturation)));
  }
  report(closed, open, rounds);
  for (const { clients } of pairs) for (const client of clients) client.close();
}

async function measureSaturation(target: MeasuredTarget, pairs: readonly Pair[]): Promise<ClosedLoopResult[]> {
  const results: ClosedLoopResult[] = [];
  for (const depth of DEPTHS) results.push(await runClosedLoop(target, pairs, depth));
  section(`Closed loop over ${PAIRS} pairs, each message delivered to both`, closedLoopTable(results));
  return results;
}

async function measureLatencies(
  target: MeasuredTarget,
  pairs: readonly Pair[],
  saturation: number,
): Promise<OpenLoopResult[]> {
  const results: OpenLoopResult[] = [];
  for (const share of SHARES) results.push(await runOpenLoop(target, pairs, Math.round(share * saturation)));
  section(`Open loop over ${PAIRS} pairs, milliseconds from the due time of a send`, openLoopTable(results));
  return results;
}

function report(closed: readonly ClosedLoopResult[], open: readonly OpenLoopResult[], rounds: number): void {
  if (rounds > 1) {
    section(`Closed loop, medians of ${rounds} rounds`, closedLoopMedians(closed));
    section(`Open loop, medians of ${rounds} rounds`, openLoopMedians(open));
  }
  section('Processor time of a message by process, microseconds', processorTable(open));
  const shown = open.filter((_, index) => SHARES[index % SHARES.length] === SHOWN_SHARE);
  section(`Stages at ${shown[0].ratePerSecond} sends a second, milliseconds`, stageTable(shown));
}
