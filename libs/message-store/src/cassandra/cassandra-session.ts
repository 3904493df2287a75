import { Logger } from '@nestjs/common';
import { EngineUnavailable } from '@parley/contracts';
import type { Client, QueryOptions, types } from 'cassandra-driver';
import { translate } from './driver-errors.js';
import { inParallel } from './in-parallel.js';
import { RequestSlots } from './request-slots.js';
import { cutBatches, type RowWrite } from './row-write.js';

/** Batches of one call that are under way at a time: enough to keep a ring busy, few enough to leave room for others. */
const BATCHES_AT_ONCE = 64;
/** Requests of this process that are under way: the driver refuses beyond 2,048 at a node, retries at others included. */
const REQUESTS_AT_ONCE = 512;
/** For a turn among them, in milliseconds: whoever waits for a verdict waits no longer either. */
const TURN_WITHIN_MS = 10_000;

/**
 * A connection to the ring with its schema in place: prepared statements, quorum on both sides. It comes back by itself
 * after a loss. Where a call fails, `EngineUnavailable` means that the ring did not answer, or not in time; any other error
 * is a fault of ours, and is logged as one. `operation` names the call in errors and in the log.
 */
export class CassandraSession {
  private readonly logger = new Logger(CassandraSession.name);
  private readonly slots = new RequestSlots(REQUESTS_AT_ONCE, TURN_WITHIN_MS);

  constructor(private readonly client: Client) {}

  /** All rows of a query, page by page. `T` are the columns that it names. */
  async read<T>(operation: string, cql: string, params: readonly unknown[]): Promise<T[]> {
    let page = await this.execute(operation, cql, params, { isIdempotent: true });
    const rows = page.rows;
    while (page.pageState) {
      page = await this.execute(operation, cql, params, { isIdempotent: true, pageState: page.pageState });
      rows.push(...page.rows);
    }
    return rows as unknown as T[];
  }

  /** Rows page by page, for tables that are larger than memory likes. */
  async *scan<T>(operation: string, cql: string): AsyncGenerator<T[]> {
    let pageState: string | undefined;
    do {
      const page = await this.execute(operation, cql, [], { isIdempotent: true, pageState });
      yield page.rows as unknown as T[];
      pageState = page.pageState ?? undefined;
    } while (pageState);
  }

  /** Writes rows of any partitions, batched by partition, in no particular order. Every write must be repeatable. */
  async write(operation: string, writes: readonly RowWrite[]): Promise<void> {
    await inParallel(cutBatches(writes), BATCHES_AT_ONCE, (batch) => this.writeBatch(operation, batch));
  }

  /**
   * Inserts a row unless it is there (`IF NOT EXISTS`); resolves to the columns of the row that stands in its way, or to
   * null. Several round trips among the replicas: not for the way of a message.
   */
  async insertOnce<T>(operation: string, cql: string, params: readonly unknown[]): Promise<T | null> {
    const { rows } = await this.execute(operation, cql, params, { isIdempotent: false });
    return rows[0]?.['[applied]'] === true ? null : (rows[0] as unknown as T);
  }

  /** Rejects unless a quorum answers. */
  async ping(): Promise<void> {
    await this.execute('ping', 'SELECT name FROM schema_migrations WHERE version = 1', [], { isIdempotent: true });
  }

  async close(): Promise<void> {
    await this.client.shutdown();
  }

  private async writeBatch(operation: string, batch: readonly RowWrite[]): Promise<void> {
    const [first] = batch;
    if (batch.length === 1) {
      await this.execute(operation, first.cql, first.params, { isIdempotent: true });
      return;
    }
    const queries = batch.map(({ cql, params }) => ({ query: cql, params: [...params] }));
    const options = { prepare: true, logged: false, isIdempotent: true };
    await this.attempt(operation, () => this.client.batch(queries, options));
  }

  private execute(
    operation: string,
    cql: string,
    params: readonly unknown[],
    options: QueryOptions,
  ): Promise<types.ResultSet> {
    return this.attempt(operation, () => this.client.execute(cql, [...params], { prepare: true, ...options }));
  }

  private async attempt<R>(operation: string, call: () => Promise<R>): Promise<R> {
    try {
      return await this.slots.run(call);
    } catch (error) {
      const translated = translate(operation, error);
      if (!(translated instanceof EngineUnavailable)) {
        this.logger.error(`${operation} can not succeed: ${translated.message}`, translated);
      }
      throw translated;
    }
  }
}
