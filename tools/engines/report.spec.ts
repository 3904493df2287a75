import { describe, expect, it } from 'vitest';
import { environmentLines, statusTable } from './report.js';

describe('what the engines tool prints', () => {
  it('is a line for each node: running, silent or down', () => {
    const memory = 300 * 1024 * 1024;
    expect(
      statusTable([
        { engine: 'kafka', node: 1, pid: 4711, address: '127.0.0.1:9092', answers: true, memory },
        { engine: 'cassandra', node: 1, pid: 12, address: '127.0.0.1:9042', answers: false, memory },
        { engine: 'redis', node: 1, pid: null, address: '127.0.0.1:6379', answers: false, memory: 0 },
      ]),
    ).toEqual([
      'engine       pid   address         state            memory',
      'kafka 1      4711  127.0.0.1:9092  answers          300 MiB',
      'cassandra 1  12    127.0.0.1:9042  does not answer  300 MiB',
      'redis 1      -     127.0.0.1:6379  down             -',
    ]);
  });

  it('is the environment as a shell reads it', () => {
    expect(environmentLines({ KAFKA_BROKERS: 'a:1,b:2', REDIS_URL: 'redis://c' })).toEqual([
      'KAFKA_BROKERS=a:1,b:2',
      'REDIS_URL=redis://c',
    ]);
  });
});
