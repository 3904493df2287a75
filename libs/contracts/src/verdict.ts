import type { ErrorCode } from './error-codes.js';

/**
 * The router's answer to one record, sent to the address in its header. `message_id` is the id of the record that it
 * answers, so that a waiter finds it; `accepted.message_id` is the first attempt's where this one was a duplicate.
 */
export interface Verdict {
  message_id: string;
  conversation_id: string;
  outcome: Accepted | Refused;
}

/** Durable, sequenced, stored and readable. `repeated`: an earlier attempt with the same key was accepted. */
export interface Accepted {
  accepted: true;
  message_id: string;
  seq: number;
  sent_at: string;
  repeated: boolean;
}

/** Nothing was stored, nothing is remembered. */
export interface Refused {
  accepted: false;
  code: ErrorCode;
  message: string;
}
