import { setTimeout as passed } from 'node:timers/promises';
import { monotonicMs, type AppProcess } from '@parley/harness';
import type { Fault } from './faults.js';
import type { Fleet } from './fleet.js';
import type { Load } from './load/load.js';
import { partitionsOf, type People } from './load/people.js';
import { timesOf, type Outcome } from './outcome.js';

/** After the healing sends must be accepted everywhere again within that. */
export const RECOVERY_BOUND_MS = 10_000;
/** How long a recovery is waited for, to say how long it took. */
const RECOVERY_WAIT_MS = 45_000;
const HEALTHY_WITHIN_MS = 20_000;
const RECONNECT_WITHIN_MS = 10_000;
/** What Redis lost is promised back by then: who is struck again sooner suffers two faults at once. */
const REMEMBERED_WITHIN_MS = 5_000;
const RECONNECTING = 3;

/** A fleet under load, to be struck by faults one after another. */
export class Strikes {
  constructor(
    private readonly fleet: Fleet,
    private readonly people: People,
    private readonly load: Load,
  ) {}

  /**
   * Waits until all is well, strikes, heals, and waits until sends are accepted in every partition again. What was meant
   * to hold and did not is in the outcome; null where things were not well before, so that nothing can be said. Throws
   * where the healing itself fails.
   */
  async strike(fault: Fault): Promise<Outcome | null> {
    const partitions = partitionsOf(this.people);
    const isWell = this.load.everywhereSince(monotonicMs(), partitions, HEALTHY_WITHIN_MS).then(() => true);
    if (!(await isWell.catch(() => false))) return null;
    if (fault.meanwhile === 'reconnects') await passed(REMEMBERED_WITHIN_MS);
    const struckAt = monotonicMs();
    await fault.strike(this.fleet);
    const { failures, everywhereMeanwhile } = await this.watchMeanwhile(fault, struckAt);
    const away = struckAt + fault.lastsMs - monotonicMs();
    if (away > 0) await passed(away);
    const acceptedAtHealing = this.load.acceptances.length;
    await fault.heal(this.fleet);
    const healedAt = monotonicMs();
    await this.load.everywhereSince(healedAt, partitions, RECOVERY_WAIT_MS).catch(() => undefined);
    const times = timesOf(this.load.acceptances, partitions, { struckAt, healedAt, until: monotonicMs() });
    if (fault.meanwhile && acceptedBetween(this.load, struckAt, acceptedAtHealing) === 0) {
      failures.push('no send was accepted meanwhile');
    }
    if ((times.everywhereAfter ?? Infinity) > RECOVERY_BOUND_MS) failures.push('it took too long to recover');
    failures.push(...(await this.startWhatDied()));
    return { fault: fault.name, struckAt, healedAt, ...times, everywhereMeanwhile, failures };
  }

  private async watchMeanwhile(
    { meanwhile }: Fault,
    struckAt: number,
  ): Promise<Pick<Outcome, 'failures' | 'everywhereMeanwhile'>> {
    if (meanwhile === 'reconnects') return { failures: await this.reconnectSome() };
    if (meanwhile !== 'recovers') return { failures: [] };
    const partitions = partitionsOf(this.people);
    const recovered = this.load.everywhereSince(struckAt, partitions, RECOVERY_WAIT_MS);
    const everywhereMeanwhile = await recovered.then(() => monotonicMs() - struckAt).catch(() => null);
    const inTime = (everywhereMeanwhile ?? Infinity) <= RECOVERY_BOUND_MS;
    return { failures: inTime ? [] : ['the others did not take over in time'], everywhereMeanwhile };
  }

  /** With the tokens they have. */
  private async reconnectSome(): Promise<string[]> {
    const some = this.people.senders.slice(0, RECONNECTING);
    const back = some.map(async ({ client, name }) => {
      client.disconnect();
      await client
        .connect()
        .synced(RECONNECT_WITHIN_MS)
        .catch((error: unknown) => {
          throw new Error(`${name} could not reconnect: ${String(error)}`);
        });
    });
    const failed = (await Promise.allSettled(back)).filter(({ status }) => status === 'rejected');
    return failed.map((result) => String((result as PromiseRejectedResult).reason));
  }

  /** No process may end of a fault that struck something else. */
  private async startWhatDied(): Promise<string[]> {
    const dead = this.fleet.cluster.processes.filter(({ running }) => !running);
    const reports = dead.map((process) => `${process.name} died:\n${process.output.tail()}`);
    await Promise.all(dead.map((process: AppProcess) => process.start()));
    return reports;
  }
}

function acceptedBetween({ acceptances }: Load, from: number, endIndex: number): number {
  return acceptances.slice(0, endIndex).filter(({ at }) => at >= from).length;
}
