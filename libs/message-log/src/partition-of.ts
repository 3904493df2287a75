/**
 * The partition that a key belongs to: what Kafka's default partitioner computes for the key in UTF-8, so that records
 * written by any Kafka client stand where ours would. We compute it ourselves and pass it on explicitly: an order that
 * depended on a client library's default would end with that default.
 */
export function partitionOf(key: string, partitions: number): number {
  return (murmur2(Buffer.from(key, 'utf8')) & 0x7fffffff) % partitions;
}

const SEED = 0x9747b28c;
const MULTIPLIER = 0x5bd1e995;

/**
 * MurmurHash2, 32 bits, with Kafka's seed; a signed integer like Java's.
 * Source: Austin Appleby's MurmurHash2 as in `org.apache.kafka.common.utils.Utils.murmur2`.
 */
export function murmur2(bytes: Uint8Array): number {
  const { length } = bytes;
  const words = length - (length % 4);
  const view = new DataView(bytes.buffer, bytes.byteOffset, length);
  let hash = SEED ^ length;
  for (let at = 0; at < words; at += 4) {
    let word = Math.imul(view.getInt32(at, true), MULTIPLIER);
    word = Math.imul(word ^ (word >>> 24), MULTIPLIER);
    hash = Math.imul(hash, MULTIPLIER) ^ word;
  }
  for (let at = length - 1; at >= words; at--) hash ^= view.getUint8(at) << (8 * (at - words));
  if (length > words) hash = Math.imul(hash, MULTIPLIER);
  hash = Math.imul(hash ^ (hash >>> 13), MULTIPLIER);
  return hash ^ (hash >>> 15);
}
