import type { KafkaMessage } from 'kafkajs';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { KafkaRecordSource } from './kafka-record-source.js';

/** What the brokers say about an offset that jumped, when the test lets them. */
const looks: ((fault: string | null) => void)[] = [];

vi.mock('./group-offsets.js', () => ({
  GroupOffsets: class {
    places = async () => [{ offset: 0, fault: null }];
    faultAt = () => new Promise<string | null>((resolve) => looks.push(resolve));
  },
}));

describe('KafkaRecordSource', () => {
  let source: KafkaRecordSource;

  beforeEach(async () => {
    looks.length = 0;
    source = new KafkaRecordSource({ brokers: [], clientId: 'parley-test' }, 'entries', 'router');
    source.onJoined([0]);
    await vi.waitFor(() => source.committed(0));
  });

  const read = async (offset: number) => (await source.read(0, offset, 100, 0)).map(({ position }) => position.offset);

  it('reads over offsets that are not used', async () => {
    await source.onFetched(0, messages(0, 3));
    const fetched = source.onFetched(0, messages(7, 9));
    looks[0](null);
    await fetched;
    expect(await read(0)).toEqual([0, 1, 2, 7, 8]);
  });

  it('hides nothing behind a jump that was looked into while the reader went back', async () => {
    await source.onFetched(0, messages(0, 3));
    expect(await read(0)).toEqual([0, 1, 2]);
    const fetched = source.onFetched(0, messages(7, 9));
    expect(await read(0)).toEqual([]);
    looks[0](null);
    await fetched;
    await source.onFetched(0, messages(0, 3));
    expect(await read(0)).toEqual([0, 1, 2]);
  });
});

/** Those of the offsets from `first` to before `end`. */
function messages(first: number, end: number): KafkaMessage[] {
  return Array.from({ length: end - first }, (_, index) => {
    const offset = String(first + index);
    return { key: null, value: Buffer.from(offset), timestamp: '0', attributes: 0, offset, headers: {} };
  });
}
