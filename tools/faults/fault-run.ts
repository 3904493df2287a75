import { check, ClusterProcesses, engineAddresses, RAISED_LIMITS, type EngineSet, type Random } from '@parley/harness';
import type { Fault } from './faults.js';
import { gather, type People } from './load/people.js';
import { Life } from './load/life.js';
import { Load } from './load/load.js';
import { settle } from './load/settle.js';
import type { Outcome } from './outcome.js';
import { tableOf, type RunReport } from './report.js';
import { Strikes } from './strike.js';

/** Two of each: whatever is struck, another one can take over; one api. */
const FLEET_ENV = { ...RAISED_LIMITS, ACCESS_TOKEN_TTL_S: '86400' };
/** A write that was under way when the store went away may be lost with it. */
const DOUBT_MS = 1_000;

export interface FaultRunOptions {
  engines: EngineSet;
  random: Random;
  sendsPerSecond: number;
  /** Folder for the logs of the processes. */
  logs: string;
  say?: (line: string) => void;
}

/**
 * One load on one fleet, struck by fault after fault, and all that can be known at the end: `faults` is asked for the next
 * one each time, until it has none.
 */
export async function runFaults(faults: Iterable<Fault>, options: FaultRunOptions): Promise<RunReport> {
  const { engines, random, logs, say = () => undefined } = options;
  const cluster = await ClusterProcesses.start({
    engines: engineAddresses(engines.environment()),
    env: FLEET_ENV,
    logs,
  });
  let people: People | null = null;
  try {
    people = await gather(cluster.url, random);
    const load = new Load(people, random);
    const life = new Life(people, random);
    load.start(options.sendsPerSecond);
    life.start();
    const strikes = new Strikes({ cluster, engines }, people, load);
    const outcomes: Outcome[] = [];
    const unknown: string[] = [];
    const doubtful: { from: number; to: number }[] = [];
    for (const fault of faults) {
      say(fault.name);
      const outcome = await strikes.strike(fault);
      if (!outcome) {
        unknown.push(`${fault.name}: unknown, because sends were not accepted everywhere before it`);
        break;
      }
      outcomes.push(outcome);
      const { struckAt, healedAt, everywhereAfter } = outcome;
      if (fault.losesCursors) {
        doubtful.push({ from: struckAt - DOUBT_MS, to: healedAt + (everywhereAfter ?? 0) + DOUBT_MS });
      }
    }
    await Promise.all([load.stop(), life.stop()]);
    const operations = people.senders.flatMap(({ client }) => client.sends.operations);
    const observations = await settle(people, life, doubtful).catch((error: unknown) => {
      // A history that cannot be read any more is the worst of all: what led to it must not be lost as well.
      throw new Error(['What is there at the end cannot be read:', ...tableOf({ outcomes, operations })].join('\n'), {
        cause: error,
      });
    });
    return {
      outcomes,
      observations,
      violations: check(observations),
      operations,
      apiRefusals: life.refusals,
      faults: [...unknown, ...cluster.unhandled(), ...shutOut(people)],
    };
  } finally {
    for (const user of people?.users ?? []) user.leave();
    await cluster.stop();
  }
}

/** Whom the server turned away for good, although nobody asked it to. */
function shutOut({ senders, tablets }: People): string[] {
  return [...senders, ...tablets].flatMap(({ name, client }) => [
    ...client.refusals.flatMap(({ data }) => (data ? [`${name} was refused for good: ${data.code}`] : [])),
    ...client.closings.flatMap(({ code, reconnect }) => (reconnect ? [] : [`${name} was ended for good: ${code}`])),
  ]);
}
