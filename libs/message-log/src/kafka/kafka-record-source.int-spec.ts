import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RecordBatchServer } from '../consuming/record-batch-server.js';
import type { ConsumedRecord, RecordBatch } from '../message-log.js';
import { partitionOf } from '../partition-of.js';
import { TemporaryTopic } from '../testing/temporary-topic.js';
import type { KafkaMessageLog } from './kafka-message-log.js';
import type { KafkaRecordSource } from './kafka-record-source.js';

const PARTITIONS = 4;
/** A key in each partition. */
const KEYS = Array.from({ length: PARTITIONS }, (_, partition) => {
  return Array.from({ length: 100 }, (_key, i) => String(i)).find((key) => partitionOf(key, PARTITIONS) === partition)!;
});
const SOON = { timeout: 20_000, interval: 20 };

/** A process that reads the topic as one of a group. */
interface Reader {
  source: KafkaRecordSource;
  batches: RecordBatch[];
  /** The partitions whose assignment is in force. */
  owned(): number[];
  close(): Promise<void>;
}

describe('KafkaRecordSource', () => {
  let topic: TemporaryTopic;
  let log: KafkaMessageLog;
  let readers: Reader[];

  beforeEach(async () => {
    topic = TemporaryTopic.named('group', { partitions: PARTITIONS });
    log = await topic.open();
    readers = [];
  });

  afterEach(async () => {
    for (const reader of readers) await reader.close();
    await log.close();
    await topic.remove();
  });

  const append = async (count: number, partition: number) => {
    const value = Buffer.from('x'.repeat(100));
    await Promise.all(Array.from({ length: count }, () => log.append({ key: KEYS[partition], value })));
  };

  /** What the strategy does, with a controller that ends each batch as `handle` says. */
  const read = async (handle: (batch: RecordBatch) => unknown = () => undefined): Promise<Reader> => {
    const source = log.source(topic.groupOf('router'));
    const server = new RecordBatchServer(source, topic.settings.topic, { closingMs: 100 });
    const batches: RecordBatch[] = [];
    const onBatch = async (batch: RecordBatch) => {
      batches.push(batch);
      await handle(batch);
    };
    server.addHandler(topic.settings.topic, onBatch, true);
    let closing: Promise<void> | null = null;
    const assigned: RecordBatch['assignment'][] = [];
    const { start } = source;
    source.start = (onAssigned, onRevoked) =>
      start.call(source, (one) => (assigned.push(one), onAssigned(one)), onRevoked);
    await new Promise<void>((resolve, reject) => {
      void server.listen((error) => (error ? reject(new Error('it did not start', { cause: error })) : resolve()));
    });
    const reader: Reader = {
      source,
      batches,
      owned: () => assigned.filter((one) => !one.revoked).map((one) => one.partition),
      close: () => (closing ??= server.close()),
    };
    readers.push(reader);
    return reader;
  };

  const committed = () => topic.committed('router');

  describe('committing', () => {
    it('commits by timer, and a new member goes on there', async () => {
      await append(100, 0);
      const first = await read();
      await vi.waitFor(async () => expect((await committed())[0]).toBe(100), SOON);
      await first.close();
      await append(5, 0);
      const second = await read();
      await vi.waitFor(() => expect(offsets(second, 0)).toHaveLength(5), SOON);
      expect(offsets(second, 0)).toEqual([100, 101, 102, 103, 104]);
    });

    it('hands out again after a crash what was not committed, and nothing below it', async () => {
      await append(100, 0);
      const crashing = await read();
      await vi.waitFor(async () => expect((await committed())[0]).toBe(100), SOON);
      // From here on its commits get lost.
      crashing.source.commit = () => Promise.reject(new Error('killed'));
      await append(50, 0);
      await vi.waitFor(() => expect(offsets(crashing, 0)).toHaveLength(150), SOON);
      await crashing.close();
      const next = await read();
      await vi.waitFor(() => expect(offsets(next, 0)).toHaveLength(50), SOON);
      expect(offsets(next, 0)[0]).toBe(100);
    });

    it('commits what is finished when a second member takes a partition over', async () => {
      const first = await read();
      await Promise.all(KEYS.map((_, partition) => append(50, partition)));
      await vi.waitFor(() => expect(first.batches.flatMap(({ records }) => records)).toHaveLength(200), SOON);
      const second = await read();
      await vi.waitFor(() => expect(second.owned()).toHaveLength(2), SOON);
      for (const partition of second.owned()) expect((await committed())[partition]).toBe(50);
    });
  });

  describe('rebalancing', () => {
    it('has each partition with one member at a time, and loses nothing while members come and go', async () => {
      const first = await read();
      let appended = 0;
      const enough = new AbortController();
      const load = (async () => {
        while (!enough.signal.aborted) {
          await Promise.all(KEYS.map((_, partition) => append(5, partition)));
          appended += 5;
        }
      })();
      const second = await read();
      await vi.waitFor(() => expect([first.owned().length, second.owned().length]).toEqual([2, 2]), SOON);
      expect([...first.owned(), ...second.owned()].toSorted()).toEqual([0, 1, 2, 3]);
      await second.close();
      await vi.waitFor(() => expect(first.owned()).toHaveLength(4), SOON);
      enough.abort();
      await load;
      await vi.waitFor(() => {
        for (const partition of KEYS.keys()) {
          const seen = new Set([...offsets(first, partition), ...offsets(second, partition)]);
          expect(seen.size).toBe(appended);
        }
      }, SOON);
    });

    it('begins under a new assignment, where the group has committed, when it was suspended for longer than its session', async () => {
      await append(10, 0);
      const reader = await read((batch) =>
        batch.records[0].position.offset >= 10 ? new Promise(() => undefined) : null,
      );
      await vi.waitFor(async () => expect((await committed())[0]).toBe(10), SOON);
      await append(5, 0);
      await vi.waitFor(() => expect(offsets(reader, 0)).toHaveLength(15), SOON);
      const [before] = reader.batches.slice(-1);
      suspend(7_000);
      expect(await reader.source.read(0, 15, 10, 0)).toEqual([]);
      expect(before.assignment.revoked).toBe(true);
      await vi.waitFor(() => expect(offsets(reader, 0).slice(15)).toEqual([10, 11, 12, 13, 14]), SOON);
      const [after] = reader.batches.slice(-1);
      expect(after.assignment).not.toBe(before.assignment);
      expect(after.assignment.revoked).toBe(false);
    });
  });

  it('lets the other partitions flow while one is blocked, for longer than a session lasts', async () => {
    const reader = await read((batch) => (batch.partition === 0 ? new Promise(() => undefined) : undefined));
    await append(7_000, 0);
    await append(100, 1);
    await vi.waitFor(() => expect(offsets(reader, 1)).toHaveLength(100), SOON);
    const [assignment] = reader.batches.map((batch) => batch.assignment);
    for (let second = 0; second < 8; second++) {
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      await append(10, 1);
    }
    await vi.waitFor(() => expect(offsets(reader, 1)).toHaveLength(180), SOON);
    expect(offsets(reader, 0)).toHaveLength(2_000);
    expect(assignment.revoked).toBe(false);
    expect(await reader.source.lag()).toContainEqual({ partition: 0, records: 7_000 });
  });

  describe('a log that has lost what the group had not read', () => {
    it('does not read the partition, says so, and reads the others', async () => {
      await append(100, 0);
      await topic.commit('router', 0, 10);
      await topic.removeBelow(0, 50);
      const reader = await read();
      await append(5, 1);
      await vi.waitFor(() => expect(offsets(reader, 1)).toHaveLength(5), SOON);
      expect(reader.owned().toSorted()).toEqual([1, 2, 3]);
      expect(reader.source.unavailable).toContain('the records 10 to 49 were removed before the group had read them');
      expect((await committed())[0]).toBe(10);
    });

    it('stops a partition that is being read, and so does the next member', async () => {
      await append(6_500, 0);
      const reader = await read((batch) => (batch.partition === 0 ? new Promise(() => undefined) : undefined));
      await vi.waitFor(() => expect(offsets(reader, 0)).toHaveLength(2_000), SOON);
      await append(6_000, 0);
      await topic.removeBelow(0, 12_000);
      const [{ assignment }] = reader.batches;
      await expect(reader.source.read(0, 0, 10, 20_000)).resolves.toEqual([]);
      expect(assignment.revoked).toBe(true);
      expect(reader.source.faults[0]).toContain('were removed before the group had read them');
      await reader.close();
      const next = await read();
      expect(next.owned().toSorted()).toEqual([1, 2, 3]);
      expect(next.source.faults).toHaveLength(1);
    });

    it('does not take another log for the one that the group has read', async () => {
      await topic.commit('router', 0, 10);
      const reader = await read();
      expect(reader.source.unavailable).toContain('it ends at 0, but the group has read up to 10');
    });
  });
});

function offsets({ batches }: Reader, partition: number): number[] {
  return batches
    .filter((batch) => batch.partition === partition)
    .flatMap(({ records }) => records.map((record: ConsumedRecord) => record.position.offset));
}

/** What SIGSTOP and SIGCONT do to a process: nothing runs, and the clocks go on. */
function suspend(forMs: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, forMs);
}
