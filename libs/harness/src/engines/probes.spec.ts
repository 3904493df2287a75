import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { freePort } from '../processes/free-port.js';
import { answersTo, CASSANDRA_PROBE, KAFKA_PROBE, postgresProbe, REDIS_PROBE, type Listener } from './probes.js';

const POSTGRES_PROBE = postgresProbe('parley', 'parley');
const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');

describe('a probe', () => {
  const servers: Server[] = [];
  afterEach(() => servers.splice(0).forEach((server) => server.close()));

  /** A server that answers whatever it is asked with the same bytes, in two pieces. */
  async function answering(answer: Buffer): Promise<Listener> {
    const server = createServer((socket) => {
      socket.once('data', () => {
        socket.write(answer.subarray(0, 1));
        setImmediate(() => socket.write(answer.subarray(1)));
      });
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return { host: '127.0.0.1', port: (server.address() as AddressInfo).port };
  }

  it.each([
    ['Kafka', KAFKA_PROBE, hex('0000000a 00000001 0000 00000000')],
    ['Cassandra', CASSANDRA_PROBE, hex('84 00 0000 06 00000002 0000')],
    ['Redis', REDIS_PROBE, Buffer.from('+PONG\r\n')],
    ['PostgreSQL', POSTGRES_PROBE, Buffer.from('R\0\0\0\x0c')],
  ])('takes the answer of a %s that serves', async (_, probe, answer) => {
    expect(await answersTo(probe, await answering(answer), 2_000)).toBe(true);
  });

  it.each([
    ['Kafka that reports an error', KAFKA_PROBE, hex('0000000a 00000001 0023 00000000')],
    ['Cassandra that reports an error', CASSANDRA_PROBE, hex('84 00 0000 00 00000002 0000')],
    ['Redis that is loading', REDIS_PROBE, Buffer.from('-LOADING\r\n')],
    ['PostgreSQL that is starting up', POSTGRES_PROBE, Buffer.from('E\0\0\0\x0c')],
  ])('does not take that of a %s', async (_, probe, answer) => {
    expect(await answersTo(probe, await answering(answer), 100)).toBe(false);
  });

  it('gives up on a server that takes the connection and says nothing', async () => {
    expect(await answersTo(REDIS_PROBE, await answering(Buffer.alloc(0)), 100)).toBe(false);
  });

  it('finds nobody where nobody listens', async () => {
    expect(await answersTo(REDIS_PROBE, { host: '127.0.0.1', port: await freePort() }, 2_000)).toBe(false);
  });
});
