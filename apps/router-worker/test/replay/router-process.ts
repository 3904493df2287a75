import type { RouteBatch } from '../../src/sequencing/route-batch.js';
import type { Assignment } from '@parley/message-log';
import type { Random } from '@parley/harness';
import type { Actor, Steps } from './steps.js';
import type { WrittenLog } from './written-log.js';

const MOST_IN_FLIGHT = 3;
const LARGEST_BATCH = 12;

/** One life of a router worker. What it knows is in `router`; it ends by a crash alone. */
export class RouterProcess {
  constructor(
    readonly actor: Actor,
    readonly router: RouteBatch,
  ) {}
}

/**
 * A process reads a partition under one assignment: batches of random sizes, some of them in flight at once, from a
 * committed offset to the log's end. A consumer that is `revoked` without knowing goes on like any other: a zombie.
 */
export class Consumer {
  readonly assignment: Assignment;
  /** Everything below is finished: what this consumer may commit. */
  watermark: number;
  /** Everything below is at least read. */
  readUpTo: number;
  private readonly inFlight: { end: number; finished: boolean }[] = [];
  private wake: () => void = () => undefined;

  constructor(
    readonly process: RouterProcess,
    readonly partition: number,
    start: number,
    private readonly log: WrittenLog,
    private readonly random: Random,
  ) {
    this.assignment = { partition, revoked: false };
    this.watermark = start;
    this.readUpTo = start;
  }

  get isFinished(): boolean {
    return this.watermark >= (this.log.ends[this.partition] ?? 0);
  }

  /** Resolves at the end of the log, or when the assignment is revoked and the consumer knows. */
  async run(steps: Steps, onFailure: (error: unknown) => void): Promise<void> {
    const end = this.log.ends[this.partition] ?? 0;
    const room = this.random.between(1, MOST_IN_FLIGHT);
    while (this.readUpTo < end && !this.assignment.revoked) {
      while (this.inFlight.length >= room) await new Promise<void>((resolve) => (this.wake = resolve));
      const most = this.random.between(1, LARGEST_BATCH);
      const records = await steps.take(this.process.actor, () =>
        this.log.source.read(this.partition, this.readUpTo, most, 0),
      );
      const batch = { topic: this.log.topic, partition: this.partition, assignment: this.assignment, records };
      this.readUpTo += records.length;
      const entry = { end: this.readUpTo, finished: false };
      this.inFlight.push(entry);
      this.process.router.execute(batch).then(() => this.finish(entry), onFailure);
    }
  }

  private finish(entry: { finished: boolean }): void {
    entry.finished = true;
    while (this.inFlight[0]?.finished) this.watermark = this.inFlight.shift()?.end ?? this.watermark;
    this.wake();
  }
}
