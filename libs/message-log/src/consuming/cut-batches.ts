import type { ConsumedRecord } from '../message-log.js';
import type { Bounds } from './in-flight.js';

/** Cuts records into batches within both bounds, in order; a record that is too large for one is a batch by itself. */
export function cutBatches(records: readonly ConsumedRecord[], bounds: Bounds): ConsumedRecord[][] {
  const batches: ConsumedRecord[][] = [];
  let batch: ConsumedRecord[] = [];
  let bytes = 0;
  for (const record of records) {
    const size = record.value.byteLength;
    if (batch.length > 0 && (batch.length >= bounds.records || bytes + size > bounds.bytes)) {
      batches.push(batch);
      batch = [];
      bytes = 0;
    }
    batch.push(record);
    bytes += size;
  }
  if (batch.length > 0) batches.push(batch);
  return batches;
}
