/** A statement that writes cells of one row, with the values of its placeholders. */
export interface RowWrite {
  /** Names the row's partition, table included: only rows of one partition share a batch. */
  partition: string;
  cql: string;
  params: readonly unknown[];
}

/** Beyond either, a batch makes its coordinator work for so long that other requests wait behind it. */
const BATCH_ROWS = 50;
const BATCH_BYTES = 256 * 1024;

/** A number, and what the protocol adds to each value. */
const BYTES_PER_VALUE = 12;

/**
 * Cuts writes into batches: each of one partition, of at most 50 rows and 256 KiB; a single larger row travels alone. The
 * order within a partition is kept, though no row depends on it.
 */
export function cutBatches(writes: readonly RowWrite[]): RowWrite[][] {
  const batches: RowWrite[][] = [];
  const open = new Map<string, { batch: RowWrite[]; bytes: number }>();
  for (const write of writes) {
    const bytes = sizeOf(write);
    const current = open.get(write.partition);
    if (current && current.batch.length < BATCH_ROWS && current.bytes + bytes <= BATCH_BYTES) {
      current.batch.push(write);
      current.bytes += bytes;
    } else {
      const batch = [write];
      batches.push(batch);
      open.set(write.partition, { batch, bytes });
    }
  }
  return batches;
}

function sizeOf({ params }: RowWrite): number {
  let bytes = 0;
  for (const value of params) bytes += BYTES_PER_VALUE + (typeof value === 'string' ? Buffer.byteLength(value) : 0);
  return bytes;
}
