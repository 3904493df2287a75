import type { RedisOptions } from 'ioredis';

/** Where Redis is, and how to speak to it. */
export interface RedisConnection {
  /** `redis://[user:password@]host:port[/database]`, or `rediss://` for TLS. */
  url: string;
  /** TLS, with certificates checked against `ca` (PEM) in place of the system's authorities. */
  tls?: { ca?: string };
  /** In front of every key and channel. */
  keyPrefix?: string;
}

export const DEFAULT_KEY_PREFIX = 'parley:';

/** How long an answer may take, and a connection to open. */
export const ANSWER_WITHIN_MS = 1_000;

const FIRST_RETRY_MS = 25;
const LONGEST_RETRY_MS = 1_000;

/**
 * While Redis is away every call fails at once: nothing waits in a queue, and nothing that was sent before is sent again
 * when it is back, since whoever asked has been told that it failed. Connecting is tried again for ever.
 */
export function optionsOf({ tls, url, keyPrefix }: RedisConnection): RedisOptions {
  const secured = tls !== undefined || url.startsWith('rediss:');
  return {
    keyPrefix: keyPrefix ?? DEFAULT_KEY_PREFIX,
    commandTimeout: ANSWER_WITHIN_MS,
    connectTimeout: ANSWER_WITHIN_MS,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    autoResendUnfulfilledCommands: false,
    autoResubscribe: false,
    enableAutoPipelining: true,
    disableClientInfo: true,
    retryStrategy: (attempt) => Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** attempt) * (0.5 + Math.random() / 2),
    // A primary that became a replica: the address leads to the new one only on a new connection.
    reconnectOnError: (error) => error.message.startsWith('READONLY'),
    ...(secured && { tls: { ca: tls?.ca } }),
  };
}

/** For messages: never with the password. */
export function placeOf(url: string): string {
  return new URL(url).host;
}
