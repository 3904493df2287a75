import { setTimeout as sleep } from 'node:timers/promises';
import type { Position } from '@parley/contracts';
import type { RecordToAppend } from '../message-log.js';

/** One transaction takes at most this much: it runs on the event loop, at a few microseconds a record. */
const GROUP_RECORDS = 500;
const GROUP_BYTES = 4 * 1024 * 1024;

interface Waiting {
  record: RecordToAppend;
  resolve: (position: Position) => void;
  reject: (reason: Error) => void;
  deadline: NodeJS.Timeout;
}

/** Makes a group of records durable, in order; resolves to their positions. */
export type WriteGroup = (records: readonly RecordToAppend[]) => Promise<Position[]>;

/**
 * Group commit: what is appended while one group is on its way to the disk makes the next group. So records get their
 * order when they are added, and the disk sets the size of the groups. What is not durable by its deadline rejects; what
 * has not even begun by then is taken out, so that a disk which hangs does not fill the memory.
 */
export class AppendQueue {
  private readonly waiting = new Set<Waiting>();
  private draining: Promise<void> | null = null;
  private closed = false;

  constructor(
    private readonly write: WriteGroup,
    private readonly deadlineMs: number,
  ) {}

  add(record: RecordToAppend): Promise<Position> {
    if (this.closed) return Promise.reject(new Error('The log is closed'));
    return new Promise((resolve, reject) => {
      const waiting: Waiting = {
        record,
        resolve,
        reject,
        deadline: setTimeout(() => {
          this.waiting.delete(waiting);
          reject(new Error(`The record was not durable within ${this.deadlineMs} ms`));
        }, this.deadlineMs),
      };
      this.waiting.add(waiting);
      this.draining ??= this.drain();
    });
  }

  /** Refuses what comes from now on; resolves when what was added before is durable, or its deadline has passed. */
  async close(): Promise<void> {
    this.closed = true;
    await Promise.race([this.draining, sleep(this.deadlineMs, undefined, { ref: false })]);
  }

  private async drain(): Promise<void> {
    // What is appended in the same turn goes in the same group.
    await Promise.resolve();
    while (this.waiting.size > 0) await this.writeNext(this.takeGroup());
    this.draining = null;
  }

  private async writeNext(group: readonly Waiting[]): Promise<void> {
    try {
      const positions = await this.write(group.map((waiting) => waiting.record));
      for (const [index, waiting] of group.entries()) waiting.resolve(positions[index]);
    } catch (error) {
      for (const waiting of group) waiting.reject(error as Error);
    } finally {
      for (const waiting of group) clearTimeout(waiting.deadline);
    }
  }

  private takeGroup(): Waiting[] {
    const group: Waiting[] = [];
    let bytes = 0;
    for (const waiting of this.waiting) {
      bytes += waiting.record.value.byteLength;
      if (group.length === GROUP_RECORDS || (group.length > 0 && bytes > GROUP_BYTES)) break;
      this.waiting.delete(waiting);
      group.push(waiting);
    }
    return group;
  }
}
