import { connect, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { Logger } from '@nestjs/common';
import { Kafka, logLevel, type ISocketFactoryArgs, type KafkaConfig, type LogEntry } from 'kafkajs';

/** Where a Kafka cluster is and how to get in. */
export interface KafkaConnection {
  /** `host:port` of some brokers; the others are found through them. */
  brokers: string[];
  /** Names this process in the brokers' logs and quotas. */
  clientId: string;
  /** `ca`: the authorities to trust, in PEM, instead of the system's. */
  tls?: { ca?: string };
  sasl?: { mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512'; username: string; password: string };
}

/** A request that a broker leaves unanswered; below the publish deadline, so that the next one has a chance within it. */
export const REQUEST_TIMEOUT_MS = 3_000;
/** Leaders move; without an error that says so, this is how soon it is noticed. */
export const METADATA_MAX_AGE_MS = 5_000;

const KEEP_ALIVE_MS = 60_000;

/**
 * A kafkajs client that notices within seconds when a broker is away and does not hold on for long: its defaults (30 s a
 * request, five attempts) are beyond every deadline of ours. Each owner makes one of its own, since kafkajs keeps a
 * group's offsets in the client.
 */
export function kafkaClient(connection: KafkaConnection, logger: Logger): Kafka {
  const { brokers, clientId, tls, sasl } = connection;
  return new Kafka({
    brokers,
    clientId,
    ssl: tls ? { ca: tls.ca } : false,
    sasl: sasl as KafkaConfig['sasl'],
    connectionTimeout: 2_000,
    authenticationTimeout: REQUEST_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    retry: { initialRetryTime: 100, maxRetryTime: 500, retries: 3 },
    socketFactory: openSocket,
    logLevel: logLevel.WARN,
    logCreator: () => (entry) => logger.verbose(lineOf(entry)),
  });
}

/**
 * Like kafkajs's own, but without Nagle's algorithm: it holds a small request back while the one before is not
 * acknowledged, and a broker acknowledges with its answer.
 */
function openSocket({ host, port, ssl, onConnect }: ISocketFactoryArgs): Socket {
  const servername = isIP(host) ? undefined : host;
  const socket = ssl ? connectTls({ host, port, servername, ...ssl }, onConnect) : connect({ host, port }, onConnect);
  socket.setNoDelay(true);
  socket.setKeepAlive(true, KEEP_ALIVE_MS);
  return socket;
}

/** kafkajs tells of every attempt that fails, with its stack. People are told once, by `Availability`. */
function lineOf({ namespace, log }: LogEntry): string {
  const { error } = log as { error?: unknown };
  return `kafkajs ${namespace}: ${log.message}${typeof error === 'string' ? ` (${error})` : ''}`;
}
