import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '@nestjs/common';
import type { Assignment, ConsumedRecord, RecordBatch, RecordSource } from '../message-log.js';
import { cutBatches } from './cut-batches.js';
import { InFlight, type Bounds } from './in-flight.js';

/** Takes a batch; resolves when the batch is finished, rejects when it failed and must be handed out again. */
export type BatchHandler = (batch: RecordBatch) => Promise<unknown>;

export interface ReadingOptions {
  topic: string;
  /** Largest batch. */
  batch: Bounds;
  /** Most that is handed out and unfinished. */
  inFlight: Bounds;
  /** How long one read of the source waits for the first record, in milliseconds. */
  waitMs: number;
  /** Wait before a failed batch is handed out again, in milliseconds; doubles up to `maxBackoffMs`. */
  backoffMs: number;
  maxBackoffMs: number;
}

/**
 * Reads one partition for as long as it is ours and hands its batches to the handler, in order, the next one without
 * waiting for the one before: ordering and overlapping its work is the handler's affair.
 *
 * When a batch fails, or reading does, everything from the first unfinished offset on is handed out again after a wait,
 * without limit, under a new assignment. Batches of the old one may still be at work; what becomes of them is ignored.
 */
export class PartitionReader {
  private readonly stopping = new AbortController();
  private readonly running: Promise<void>;
  private assignment: Assignment;
  private inFlight: InFlight | null = null;
  private committed = 0;

  constructor(
    private readonly source: RecordSource,
    assigned: Assignment,
    private readonly handle: BatchHandler,
    private readonly options: ReadingOptions,
    private readonly logger: Logger,
  ) {
    this.assignment = assigned;
    this.running = this.run();
  }

  get partition(): number {
    return this.assignment.partition;
  }

  /** Records that are handed out and not finished. */
  get recordsInFlight(): number {
    return this.inFlight?.records ?? 0;
  }

  /** Commits what is finished since the last time. A commit that fails is left to the next one. */
  async commit(): Promise<void> {
    const watermark = this.inFlight?.watermark ?? 0;
    if (watermark <= this.committed) return;
    try {
      await this.source.commit(this.partition, watermark);
      this.committed = watermark;
    } catch (error) {
      this.logger.warn(`${this.place(watermark)} could not be committed: ${reasonOf(error)}`);
    }
  }

  /** Hands nothing out any more; batches in flight go on. */
  stop(): void {
    this.stopping.abort();
    this.inFlight?.wake();
  }

  /** After `stop`: resolves when nothing is in flight; what still is after `timeoutMs` is given up. */
  async settled(timeoutMs: number): Promise<void> {
    const timer = setTimeout(() => this.revoke(), timeoutMs);
    while (this.inFlight && !this.inFlight.isEmpty && !this.assignment.revoked) await this.inFlight.changed();
    clearTimeout(timer);
  }

  /** The partition is no longer ours: state that was built under its assignment must be dropped. */
  revoke(): void {
    this.assignment.revoked = true;
    this.stop();
  }

  /** After `stop`: resolves when the last read has come back. */
  async ended(): Promise<void> {
    await this.running;
  }

  private async run(): Promise<void> {
    for (let backoffMs = this.options.backoffMs; !this.stopped;) {
      const begun = this.inFlight?.watermark;
      await this.readUnder(this.assignment).catch(
        (error: unknown) => this.stopped || this.giveUp(this.assignment, error),
      );
      if (this.stopped) return;
      if (begun !== this.inFlight?.watermark) backoffMs = this.options.backoffMs;
      await sleep(backoffMs, undefined, { signal: this.stopping.signal }).catch(() => undefined);
      backoffMs = Math.min(2 * backoffMs, this.options.maxBackoffMs);
      if (!this.stopped) this.assignment = { partition: this.partition, revoked: false };
    }
  }

  /** Returns when the reader is stopped or the assignment has ended; throws what the source throws. */
  private async readUnder(assignment: Assignment): Promise<void> {
    if (!this.inFlight) this.committed = await this.source.committed(this.partition);
    const inFlight = new InFlight(this.options.inFlight, this.inFlight?.watermark ?? this.committed);
    this.inFlight = inFlight;
    let offset = inFlight.watermark;
    const over = () => this.stopped || assignment.revoked;
    while (!over()) {
      const records = await this.source.read(this.partition, offset, this.options.batch.records, this.options.waitMs);
      for (const batch of cutBatches(records, this.options.batch)) {
        while (!over() && !inFlight.hasRoomFor(batch)) await inFlight.changed();
        if (over()) return;
        this.handOut(batch, assignment, inFlight);
        offset = endOf(batch, offset);
      }
    }
  }

  private handOut(records: ConsumedRecord[], assignment: Assignment, inFlight: InFlight): void {
    const finished = inFlight.add(records);
    const batch: RecordBatch = { topic: this.options.topic, partition: this.partition, assignment, records };
    this.handle(batch).then(
      () => assignment.revoked || finished(),
      (error: unknown) => this.giveUp(assignment, error),
    );
  }

  /** The first failure under an assignment ends it; later ones of its batches follow from that. */
  private giveUp(assignment: Assignment, error: unknown): void {
    if (assignment.revoked) return;
    assignment.revoked = true;
    const place = this.place(this.inFlight?.watermark);
    this.logger.error(
      `${place}: everything from here on is handed out again, since it failed: ${reasonOf(error)}`,
      error,
    );
    this.inFlight?.wake();
  }

  private get stopped(): boolean {
    return this.stopping.signal.aborted;
  }

  private place(offset = 0): string {
    return `${this.options.topic} partition ${this.partition} offset ${offset}`;
  }
}

function endOf(batch: readonly ConsumedRecord[], otherwise: number): number {
  const last = batch.at(-1);
  return last ? last.position.offset + 1 : otherwise;
}

/** What Nest makes of an exception in a controller is a plain object; the exception itself Nest has logged. */
function reasonOf(error: unknown): string {
  const { message } = (error ?? {}) as { message?: unknown };
  return typeof message === 'string' ? message : String(error);
}
