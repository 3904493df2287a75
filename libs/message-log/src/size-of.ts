import type { ConsumedRecord } from './message-log.js';

/** Bytes of the values; keys and headers are small and bounded. */
export function sizeOf(records: readonly ConsumedRecord[]): number {
  return records.reduce((bytes, record) => bytes + record.value.byteLength, 0);
}
