import type { Admin } from 'kafkajs';

/** A partition holds the offsets from `start` up to, not including, `end`. */
export interface PartitionBounds {
  start: number;
  end: number;
}

/** By partition. */
export async function fetchBounds(admin: Admin, topic: string): Promise<PartitionBounds[]> {
  const bounds: PartitionBounds[] = [];
  for (const { partition, low, high } of await admin.fetchTopicOffsets(topic)) {
    bounds[partition] = { start: Number(low), end: Number(high) };
  }
  return bounds;
}
