import { EngineUnavailable } from '@parley/contracts';
import { QueryFailedError, QueryRunnerAlreadyReleasedError } from 'typeorm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TemporaryPostgres } from '../testing/temporary-postgres.js';
import { dataSourceOptions } from './data-source.js';
import { PostgresDataSource } from './postgres-data-source.js';
import { orUnavailable } from './unavailability.js';

describe('orUnavailable', () => {
  const unavailable = expect.objectContaining({ engine: 'postgres' });

  it.each([
    ['a refused connection', coded('ECONNREFUSED')],
    ['a socket folder without a server', coded('ENOENT')],
    ['a server that stops', coded('57P01')],
    ['a server that starts', coded('57P03')],
    ['no free connections', coded('53300')],
    ['a statement that took too long', coded('57014')],
    ['a lost connection', new Error('Connection terminated unexpectedly')],
    ['a pool that has none to give', new Error('timeout exceeded when trying to connect')],
    ['a connection that broke inside a transaction', new QueryRunnerAlreadyReleasedError()],
    ['a connection that broke before', new Error('Client has encountered a connection error and is not queryable')],
  ])('takes %s for an engine that is away, bare and inside a failed query', (_, error) => {
    expect(orUnavailable(error)).toEqual(unavailable);
    expect(orUnavailable(new QueryFailedError('SELECT 1', [], error))).toEqual(unavailable);
  });

  it.each([
    ['a unique violation', coded('23505')],
    ['a missing table', coded('42P01')],
    ['a wrong password', coded('28P01')],
    ['a fault of ours', new TypeError('rows is undefined')],
    ['what is no error', 'Connection terminated'],
  ])('leaves %s as it is', (_, error) => {
    expect(orUnavailable(error)).toBe(error);
  });
});

describe('PostgresDataSource', () => {
  let postgres: TemporaryPostgres;
  beforeEach(async () => {
    postgres = await TemporaryPostgres.start();
  });
  afterEach(async () => {
    await postgres.stop();
  });

  it('tells a server that is gone from a statement that is wrong', async () => {
    const { dataSource } = postgres;
    await expect(dataSource.query('SELECT nothing FROM nowhere')).rejects.toBeInstanceOf(QueryFailedError);
    const cutOff = dataSource.query('SELECT pg_terminate_backend(pg_backend_pid())');
    await expect(cutOff).rejects.toBeInstanceOf(EngineUnavailable);
  });

  it('takes a failed connection inside a transaction for a server that is gone', async () => {
    const source = new PostgresDataSource(dataSourceOptions(postgres.connection));
    await source.initialize();
    const runner = source.createQueryRunner();
    const { pid } = ((await runner.query('SELECT pg_backend_pid() AS pid')) as { pid: number }[])[0];
    await runner.startTransaction();
    await postgres.dataSource.query('SELECT pg_terminate_backend($1)', [pid]);
    await expect(runner.query('SELECT 1')).rejects.toBeInstanceOf(EngineUnavailable);
    await runner.release();
    await source.destroy();
  });
});

function coded(code: string): Error {
  return Object.assign(new Error('canary'), { code });
}
