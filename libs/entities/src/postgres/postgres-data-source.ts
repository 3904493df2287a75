import { DataSource, type QueryRunner, type ReplicationMode } from 'typeorm';
import { orUnavailable } from './unavailability.js';

/**
 * A DataSource whose statements reject with EngineUnavailable where the server cannot be had. Everything that TypeORM asks
 * the server, transactions and the wait for a connection included, goes through `query` of a runner made here.
 */
export class PostgresDataSource extends DataSource {
  override createQueryRunner(mode?: ReplicationMode): QueryRunner {
    const runner = super.createQueryRunner(mode);
    const ask = runner.query.bind(runner) as (...asked: unknown[]) => Promise<unknown>;
    const translated = async (...asked: unknown[]): Promise<unknown> => {
      try {
        return await ask(...asked);
      } catch (error) {
        throw orUnavailable(error);
      }
    };
    return Object.assign(runner, { query: translated });
  }
}
