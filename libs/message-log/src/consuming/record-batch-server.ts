import { Logger } from '@nestjs/common';
import { BaseRpcContext, Server, type CustomTransportStrategy, type MessageHandler } from '@nestjs/microservices';
import { lastValueFrom } from 'rxjs';
import { inFlightRecords, logLag } from '@parley/operability';
import type { Assignment, RecordBatch, RecordSource } from '../message-log.js';
import { PartitionReader, type ReadingOptions } from './partition-reader.js';

const MIB = 1024 * 1024;

export interface RecordBatchServerOptions extends Omit<ReadingOptions, 'topic'> {
  /**
   * Between two commits, in milliseconds. They lag on purpose: one in the way of every batch would multiply the latency,
   * and a replay changes nothing.
   */
  commitMs: number;
  /** How long `close` waits for batches in flight, in milliseconds. What is unfinished then, the next start replays. */
  closingMs: number;
}

const DEFAULTS: RecordBatchServerOptions = {
  batch: { records: 500, bytes: MIB },
  inFlight: { records: 2_000, bytes: 8 * MIB },
  waitMs: 500,
  backoffMs: 100,
  maxBackoffMs: 5_000,
  commitMs: 1_000,
  closingMs: 5_000,
};

/**
 * A Nest transport that reads a topic of the message log in batches: the controller's `@EventPattern(topic)` handler gets
 * a `RecordBatch` as its payload. Which engine the log is on is the `RecordSource`'s affair.
 *
 * The handler is called with each batch of a partition in offset order and without waiting for the batches before it;
 * its promise (or Observable) ends when the batch is finished, whatever the handler calls finished. An exception or a
 * rejection fails the batch: nothing is marked, and everything from the first unfinished offset on comes again under a new
 * `assignment`. A batch thus arrives at least once, and a handler must take it twice without harm. The offset below which
 * all batches are finished is committed every second, when the partition is taken away and at the end.
 *
 * A hybrid application may hold several, one per topic: Nest shows every handler to each, and each calls its own.
 */
export class RecordBatchServer extends Server implements CustomTransportStrategy {
  /** Failures reach us through the handler's result, so Nest need not report them on its own. */
  override readonly propagatesEventHandlerErrors = true;
  protected override readonly logger = new Logger(RecordBatchServer.name);
  private readonly readers = new Map<number, PartitionReader>();
  private readonly options: RecordBatchServerOptions;
  private committing: NodeJS.Timeout | undefined;
  private stopMeasuring: () => void = () => undefined;

  constructor(
    private readonly source: RecordSource,
    private readonly topic: string,
    options: Partial<RecordBatchServerOptions> = {},
  ) {
    super();
    this.options = { ...DEFAULTS, ...options };
  }

  /** Calls back with an error when no controller, or more than one, handles the topic, or the source does not start. */
  override async listen(callback: (error?: unknown) => void): Promise<void> {
    try {
      await this.start();
    } catch (error) {
      callback(error);
      return;
    }
    callback();
  }

  /** Stops reading, waits for the batches in flight (at most `closingMs`), commits, gives the partitions back. */
  override async close(): Promise<void> {
    clearInterval(this.committing);
    this.stopMeasuring();
    const readers = [...this.readers.values()];
    this.readers.clear();
    for (const reader of readers) reader.stop();
    await Promise.all(readers.map((reader) => reader.settled(this.options.closingMs)));
    await Promise.all(readers.map((reader) => reader.commit()));
    for (const reader of readers) reader.revoke();
    await this.source.stop();
    await Promise.all(readers.map((reader) => reader.ended()));
  }

  /** This transport has no events of its own. */
  override on(event: string): never {
    throw new Error(`A record batch server emits no event ${event}`);
  }

  /** The source that this server reads. */
  // oxlint-disable-next-line no-unnecessary-type-parameters -- Nest's signature
  override unwrap<T = RecordSource>(): T {
    return this.source as T;
  }

  private async start(): Promise<void> {
    const handler = this.handlerOfTopic();
    const handle = (batch: RecordBatch) => this.handOver(handler, batch);
    await this.source.start(
      (assigned) => this.onAssigned(assigned, handle),
      (revoked) => this.onRevoked(revoked),
    );
    this.committing = setInterval(() => void this.commitAll(), this.options.commitMs);
    this.stopMeasuring = this.measure();
  }

  private handlerOfTopic(): MessageHandler<RecordBatch> {
    const handler = this.getHandlerByPattern(this.topic);
    if (!handler) throw new Error(`No controller has an @EventPattern('${this.topic}') to read that topic with`);
    if (handler.next) throw new Error(`More than one @EventPattern('${this.topic}'): a batch has one owner`);
    return handler;
  }

  /**
   * Nest turns whatever goes wrong in a controller, its guards and pipes into an Observable that errors; waiting for its
   * end makes a rejection of it.
   */
  private async handOver(handler: MessageHandler<RecordBatch>, batch: RecordBatch): Promise<void> {
    const result: unknown = await handler(batch, new BaseRpcContext([batch.topic, batch.partition]));
    await lastValueFrom(this.transformToObservable(result), { defaultValue: undefined });
  }

  private onAssigned(assigned: Assignment, handle: (batch: RecordBatch) => Promise<void>): void {
    this.readers.get(assigned.partition)?.revoke();
    const reading = { ...this.options, topic: this.topic };
    this.readers.set(assigned.partition, new PartitionReader(this.source, assigned, handle, reading, this.logger));
  }

  private onRevoked(revoked: Assignment): void {
    const reader = this.readers.get(revoked.partition);
    this.readers.delete(revoked.partition);
    // Where the source still takes it, the next owner need not replay what is finished.
    void reader?.commit();
    reader?.revoke();
  }

  private measure(): () => void {
    const stopInFlight = inFlightRecords.readFrom(
      () => new Map([...this.readers].map(([partition, { recordsInFlight }]) => [partition, recordsInFlight])),
    );
    const stopLag = logLag.readFrom(
      async () => new Map((await this.source.lag()).map(({ partition, records }) => [partition, records])),
    );
    return () => {
      stopInFlight();
      stopLag();
    };
  }

  private async commitAll(): Promise<void> {
    await Promise.all([...this.readers.values()].map((reader) => reader.commit()));
  }
}
