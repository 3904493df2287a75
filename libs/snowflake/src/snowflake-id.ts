/**
 * The layout of an id, after Twitter's Snowflake (2010): 63 bits, so that it is positive in a signed 64-bit column.
 *
 *     | 41 bits: milliseconds since EPOCH_MS | 10 bits: worker | 12 bits: sequence |
 *
 * In code an id is a `bigint`; at the edge it is its decimal string, since JSON numbers lose digits beyond 2^53.
 */
const WORKER_BITS = 10;
const SEQUENCE_BITS = 12;
const TIME_BITS = 41;

/** 2024-01-01T00:00:00Z in milliseconds since 1970. */
export const EPOCH_MS = Date.UTC(2024, 0, 1);
/** The last millisecond that fits into 41 bits, since 1970: in September 2093. */
export const LAST_MS = EPOCH_MS + 2 ** TIME_BITS - 1;
/** Worker ids run from 0 to WORKERS - 1. */
export const WORKERS = 2 ** WORKER_BITS;
/** How many ids one worker can give within one millisecond of id time. */
export const IDS_PER_MS = 2 ** SEQUENCE_BITS;

const LAST_ID = 2n ** BigInt(TIME_BITS + WORKER_BITS + SEQUENCE_BITS) - 1n;

export interface SnowflakeParts {
  /** Milliseconds since 1970, EPOCH_MS to LAST_MS. */
  timestampMs: number;
  /** 0 to WORKERS - 1. */
  worker: number;
  /** 0 to IDS_PER_MS - 1. */
  sequence: number;
}

/** The caller guarantees the ranges: this is on the way of every message. */
export function encode({ timestampMs, worker, sequence }: SnowflakeParts): bigint {
  const low = worker * IDS_PER_MS + sequence;
  return (BigInt(timestampMs - EPOCH_MS) << BigInt(WORKER_BITS + SEQUENCE_BITS)) + BigInt(low);
}

/** @throws RangeError when `id` is not a 63-bit number. */
export function decode(id: bigint): SnowflakeParts {
  if (id < 0n || id > LAST_ID) throw new RangeError('A snowflake has 63 bits');
  const low = Number(BigInt.asUintN(WORKER_BITS + SEQUENCE_BITS, id));
  return {
    timestampMs: EPOCH_MS + Number(id >> BigInt(WORKER_BITS + SEQUENCE_BITS)),
    worker: Math.floor(low / IDS_PER_MS),
    sequence: low % IDS_PER_MS,
  };
}

/** @returns milliseconds since 1970. @throws RangeError when `id` is not a 63-bit number. */
export function timestampOf(id: bigint): number {
  return decode(id).timestampMs;
}
