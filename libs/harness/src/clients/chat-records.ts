import type { ErrorCode } from '@parley/contracts';
import type { Answer } from './answers.js';

export interface ChatClientOptions {
  url: string;
  /** Asked at each connect. */
  token: () => string;
  deviceId: string;
  /** off: nothing is acknowledged unless the test does it. */
  acks?: 'cumulative' | 'off';
  /** Interval of cumulative acknowledgements in milliseconds; default 100. */
  ackEveryMs?: number;
  /** Where this device stands already, as after a restart of an app with a database of its own. */
  positions?: Readonly<Record<string, number>>;
  /** Tells the server at each connect what the client holds (`after_seq`). */
  reportsPositions?: boolean;
  transports?: ('websocket' | 'polling')[];
  /** Further fields of the handshake, or other values for its own. */
  auth?: Record<string, unknown>;
}

/** One event as it came over the wire. */
export interface Received {
  event: string;
  payload: unknown;
  /** Monotonic milliseconds. */
  at: number;
  connection: number;
}

/** An acknowledgement this client made; `answer` is null until it is answered, and stays so where the connection went. */
export interface Acknowledged {
  positions: Record<string, number>;
  answer: Answer | null;
  /** Monotonic milliseconds at which it was answered. */
  answeredAt: number | null;
  connection: number;
}

/** A CONNECT_ERROR, with the server's reason in `data`, or the failure of a transport, without. */
export type ConnectRefusal = Error & { data?: { code: ErrorCode; message: string; retryable: boolean } };
