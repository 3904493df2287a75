import type { ConsumedRecord } from '../message-log.js';

/** Beyond these a partition is fetched no more, below half of them it is again. */
const FULL_RECORDS = 4_000;
const FULL_BYTES = 4 * 1024 * 1024;

/**
 * What has been fetched of one partition and not yet been read, in offset order. It is read forwards: what was taken is
 * gone, and to go back the partition is fetched again (`restart`).
 */
export class FetchedRecords {
  private records: ConsumedRecord[] = [];
  private bytes = 0;
  private waiting: (() => void)[] = [];
  private over = false;
  /** The lowest offset that can be read without going back. */
  private position: number;

  /** `next`: the offset after all that was fetched. */
  constructor(public next: number) {
    this.position = next;
  }

  get isFull(): boolean {
    return this.records.length >= FULL_RECORDS || this.bytes >= FULL_BYTES;
  }

  get hasRoom(): boolean {
    return this.records.length <= FULL_RECORDS / 2 && this.bytes <= FULL_BYTES / 2;
  }

  push(records: readonly ConsumedRecord[]): void {
    for (const record of records) {
      this.records.push(record);
      this.bytes += record.value.byteLength;
      this.next = record.position.offset + 1;
    }
    this.wake();
  }

  /** Whether a read from `offset` on misses nothing that is no longer here. */
  reaches(offset: number): boolean {
    return offset >= this.position;
  }

  /** Up to `max` records from `offset` on; those below it are dropped. */
  take(offset: number, max: number): ConsumedRecord[] {
    const below = this.records.findIndex((record) => record.position.offset >= offset);
    this.drop(below === -1 ? this.records.length : below);
    const taken = this.drop(max);
    const last = taken.at(-1);
    this.position = last ? last.position.offset + 1 : Math.max(this.position, offset);
    return taken;
  }

  /** Forgets what is here: the partition is fetched from `offset` on. */
  restart(offset: number): void {
    this.records = [];
    this.bytes = 0;
    this.position = offset;
    this.next = offset;
  }

  /** Resolves when there is something from `offset` on, after `waitMs`, or when it has ended. */
  async from(offset: number, waitMs: number): Promise<void> {
    const deadline = performance.now() + waitMs;
    while (!this.over && this.next <= offset) {
      const leftMs = deadline - performance.now();
      if (leftMs <= 0) return;
      await this.changed(leftMs);
    }
  }

  /** Nothing comes any more. */
  end(): void {
    this.over = true;
    this.restart(this.next);
    this.wake();
  }

  private changed(withinMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, withinMs);
      this.waiting.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  private wake(): void {
    for (const resolve of this.waiting.splice(0)) resolve();
  }

  private drop(count: number): ConsumedRecord[] {
    const dropped = this.records.splice(0, count);
    for (const { value } of dropped) this.bytes -= value.byteLength;
    return dropped;
  }
}
