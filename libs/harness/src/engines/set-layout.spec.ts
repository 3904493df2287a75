import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { DataFolder } from '../standalone/data-folder.js';
import { postgresArguments } from './postgres.js';
import { redisConfiguration } from './redis.js';
import { layoutOf } from './set-layout.js';

const addressesOf = (nodes: number, portOffset: number) =>
  layoutOf('/data/engines', { nodes, portOffset }).map(
    ({ engine, node, listeners }) =>
      `${engine} ${node}: ${listeners.map(({ host, port }) => `${host}:${port}`).join(' ')}`,
  );

describe('where the nodes of a set are', () => {
  it("is at each engine's usual ports", () => {
    expect(addressesOf(1, 0)).toEqual([
      'kafka 1: 127.0.0.1:9092 127.0.0.1:9093',
      'cassandra 1: 127.0.0.1:9042 127.0.0.1:7000',
      'redis 1: 127.0.0.1:6379',
      'postgres 1: 127.0.0.1:5432',
    ]);
  });

  it('is at brokers a hundred ports apart and Cassandra nodes an address apart, all moved by the offset', () => {
    expect(addressesOf(3, 10_000)).toEqual([
      'kafka 1: 127.0.0.1:19092 127.0.0.1:19093',
      'kafka 2: 127.0.0.1:19192 127.0.0.1:19193',
      'kafka 3: 127.0.0.1:19292 127.0.0.1:19293',
      'cassandra 1: 127.0.0.1:19042 127.0.0.1:17000',
      'cassandra 2: 127.0.0.2:19042 127.0.0.2:17000',
      'cassandra 3: 127.0.0.3:19042 127.0.0.3:17000',
      'redis 1: 127.0.0.1:16379',
      'postgres 1: 127.0.0.1:15432',
    ]);
  });

  describe.runIf(process.getuid?.() === 0)('for root', () => {
    const home = new DataFolder();
    afterEach(() => home.remove());

    it("is outside a private folder for PostgreSQL's data, whose user could not get in, and inside for the rest", () => {
      chmodSync(home.path, 0o700);
      const outside = layoutOf(join(home.path, 'set'), { nodes: 1, portOffset: 0 }).filter(
        ({ folder }) => !folder.startsWith(home.path),
      );
      expect(outside.map(({ engine }) => engine)).toEqual(['postgres']);
    });
  });
});

describe('what PostgreSQL and Redis are told', () => {
  const [, , redis, postgres] = layoutOf('/data/engines', { nodes: 1, portOffset: 7 });

  it('is to listen on the loopback address alone, and PostgreSQL to take 200 connections', () => {
    expect(postgresArguments(postgres)).toEqual(
      expect.arrayContaining(['listen_addresses=127.0.0.1', 'port=5439', 'max_connections=200']),
    );
    expect(redisConfiguration(redis).split('\n')).toEqual(expect.arrayContaining(['bind 127.0.0.1', 'port 6386']));
  });

  it('is to keep nothing of Redis on disk', () => {
    expect(redisConfiguration(redis).split('\n')).toEqual(expect.arrayContaining(['save ""', 'appendonly no']));
  });
});
