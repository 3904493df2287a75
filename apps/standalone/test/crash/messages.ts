import type { Observations } from '@parley/harness';

/** A user whose clients the load process runs. */
export interface LoadUser {
  userId: string;
  token: string;
}

/** To the load process, in this order. */
export type ToLoad =
  | { type: 'connect'; url: string; users: LoadUser[] }
  | { type: 'start'; conversations: LoadConversation[]; sendsPerSecond: number }
  /** The server is about to be killed; `at` in monotonic milliseconds. */
  | { type: 'kill'; at: number }
  | { type: 'finish' };

export interface LoadConversation {
  conversationId: string;
  /** Indexes into the users. */
  members: number[];
}

/** From the load process. */
export type FromLoad =
  | { type: 'connected' }
  | { type: 'progress'; accepted: number }
  | { type: 'finished'; result: LoadResult }
  | { type: 'failed'; reason: string };

export interface LoadResult {
  sends: Observations['sends'];
  devices: Observations['devices'];
  reads: Observations['reads'];
  /** Sends that took more than one attempt. */
  retried: number;
  /** Accepted keys that were sent once more at the end, and those of them that were answered otherwise. */
  repeated: { keys: number; otherwise: string[] };
}
