import type { RouteBatch } from '../../src/sequencing/route-batch.js';
import type { Assignment } from '@parley/message-log';
import type { Random } from './random.js';
import { Actor, type Steps } from './steps.js';
import type { WrittenLog } from './written-log.js';

const MOST_IN_FLIGHT = 3;
const LARGEST_BATCH = 8;

/** One life of a router worker. What it knows is in `router`; it ends by a crash alone. */
export class RouterProcess {
  readonly actor: Actor;
  readonly consumers: Consumer[] = [];

  constructor(
    name: string,
    readonly router: RouteBatch,
  ) {
    this.actor = new Actor(name, 4);
  }
}

/**
 * A process reads a partition under one assignment: batches of random sizes, some of them in flight at once, from a
 * committed offset to the log's end. A consumer that is `revoked` without knowing goes on like any other: a zombie.
 */
export class Consumer {
  readonly assignment: Assignment;
  /** Everything below is finished: what this consumer may commit. */
  watermark: number;
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
  }

  get isFinished(): boolean {
    return this.watermark >= (this.log.ends[this.partition] ?? 0);
  }

  /** Resolves at the end of the log, or when the assignment is revoked and the consumer knows. */
  async run(steps: Steps): Promise<void> {
    const end = this.log.ends[this.partition] ?? 0;
    const room = this.random.between(1, MOST_IN_FLIGHT);
    for (let offset = this.watermark; offset < end && !this.assignment.revoked;) {
      while (this.inFlight.length >= room) await new Promise<void>((resolve) => (this.wake = resolve));
      const most = this.random.between(1, LARGEST_BATCH);
      const records = await steps.take(this.process.actor, () => this.log.source.read(this.partition, offset, most, 0));
      const batch = { topic: this.log.topic, partition: this.partition, assignment: this.assignment, records };
      offset += records.length;
      const entry = { end: offset, finished: false };
      this.inFlight.push(entry);
      this.finishAfter(this.process.router.execute(batch), entry);
    }
  }

  private finishAfter(work: Promise<void>, entry: { finished: boolean }): void {
    void work.then(() => {
      entry.finished = true;
      while (this.inFlight[0]?.finished) this.watermark = this.inFlight.shift()?.end ?? this.watermark;
      this.wake();
    });
  }
}
