import { limits } from '@parley/contracts';

/** Of a Snowflake's 63 bits the upper 41 are milliseconds; without the lowest 19 of these a period is 524 s. */
const PERIOD_SHIFT = 22n + 19n;

/** The partition of a conversation's entries that holds a seq, counted from 0. */
export function bucketOf(seq: number): number {
  return Math.floor((seq - 1) / limits.BUCKET_SIZE);
}

export function firstSeqOf(bucket: number): number {
  return bucket * limits.BUCKET_SIZE + 1;
}

export function lastSeqOf(bucket: number): number {
  return (bucket + 1) * limits.BUCKET_SIZE;
}

/** The partition of a conversation's message ids that holds an id. */
export function periodOf(messageId: string): number {
  return Number(BigInt(messageId) >> PERIOD_SHIFT);
}

/** A sender is digits, so the first slash ends it. */
export function submissionOf({ sender_id, client_msg_id }: { sender_id: string; client_msg_id: string }): string {
  return `${sender_id}/${client_msg_id}`;
}
