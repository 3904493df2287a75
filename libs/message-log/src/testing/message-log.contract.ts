import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Assignment, ConsumedRecord, MessageLog, RecordSource } from '../message-log.js';
import type { LogProgress } from '../log-progress.js';
import { partitionOf } from '../partition-of.js';

/** An empty log with a handful of partitions. */
export interface MessageLogUnderTest {
  log: MessageLog;
  source(group: string): RecordSource;
  progress(group: string): LogProgress;
  /** Opens what a process that is killed right now leaves behind. This one may be used on. */
  afterKill(): Promise<MessageLogUnderTest>;
  close(): Promise<void>;
}

/** How long a source may take with what is there already: it may have to fetch it from afar. */
const PATIENCE_MS = 5_000;

/** What every message log and its sources do. */
export function messageLogContract(name: string, open: () => Promise<MessageLogUnderTest>): void {
  describe(`${name} as a message log`, () => {
    let opened: MessageLogUnderTest[];
    let under: MessageLogUnderTest;

    beforeEach(async () => {
      under = await open();
      opened = [under];
    });

    afterEach(async () => {
      for (const one of opened) await one.close();
    });

    const afterKill = async (): Promise<MessageLogUnderTest> => {
      const revived = await under.afterKill();
      opened.push(revived);
      return revived;
    };

    const append = (key: string, text: string, headers?: Record<string, string>) =>
      under.log.append({ key, value: Buffer.from(text), ...(headers ? { headers } : {}) });

    const started = async (group: string, from = under): Promise<RecordSource> => {
      const source = from.source(group);
      await source.start(
        () => undefined,
        () => undefined,
      );
      return source;
    };

    /** The next `count` records of a partition from `offset` on, which are all that there are. */
    const readAll = async (
      source: RecordSource,
      partition: number,
      count: number,
      offset = 0,
    ): Promise<ConsumedRecord[]> => {
      const all: ConsumedRecord[] = [];
      for (let next = offset; ; next = all[all.length - 1].position.offset + 1) {
        const records = await source.read(partition, next, 100, all.length < count ? PATIENCE_MS : 20);
        if (records.length === 0) return all;
        all.push(...records);
      }
    };

    describe('appending', () => {
      it('puts a record into the partition of its key and says where', async () => {
        const source = await started('a');
        for (const key of ['7234982347239424', '8', 'ключ']) {
          const position = await append(key, `of ${key}`);
          const [record] = await source.read(partitionOf(key, under.log.partitions), position.offset, 1, 1_000);
          expect(record.position).toEqual(position);
          expect([record.key, textOf(record)]).toEqual([key, `of ${key}`]);
        }
      });

      it('keeps the order of one key for appends that nobody waited for', async () => {
        const keys = ['1', '2', '3', '4', '5'];
        const texts = Array.from({ length: 2_000 }, (_, i) => String(i));
        await Promise.all(texts.map((text, i) => append(keys[i % keys.length], text)));
        const source = await started('a');
        for (const [index, key] of keys.entries()) {
          const partition = partitionOf(key, under.log.partitions);
          const count = texts.filter((_, i) => partitionOf(keys[i % keys.length], under.log.partitions) === partition);
          const records = await readAll(source, partition, count.length);
          const expected = texts.filter((_, i) => i % keys.length === index);
          expect(records.filter((record) => record.key === key).map(textOf)).toEqual(expected);
        }
      });

      it('gives every record of a partition a place of its own, and rising ones to appends that waited', async () => {
        const positions = await Promise.all(Array.from({ length: 500 }, (_, i) => append('1', String(i))));
        const offsets = positions.map((position) => position.offset);
        expect(new Set(offsets).size).toBe(500);
        const later = await append('1', 'later');
        expect(later.offset).toBeGreaterThan(Math.max(...offsets));
      });

      it('carries headers, and none where none were given', async () => {
        await append('1', 'with', { gateway: 'gateway-a', incarnation: 'é' });
        await append('1', 'without');
        const source = await started('a');
        const records = await readAll(source, partitionOf('1', under.log.partitions), 2);
        expect(records.map((record) => record.headers)).toEqual([{ gateway: 'gateway-a', incarnation: 'é' }, {}]);
      });

      it('carries any bytes unchanged, an empty value and one of 256 KiB included', async () => {
        const large = Buffer.alloc(256 * 1024, 'x').fill(0xff, 1_000, 2_000);
        const values = [Buffer.alloc(0), Buffer.from([0, 255, 128]), large, Buffer.from('after')];
        for (const value of values) await under.log.append({ key: '1', value });
        const source = await started('a');
        const records = await readAll(source, partitionOf('1', under.log.partitions), values.length);
        expect(records.map((record) => hex(record.value))).toEqual(values.map(hex));
      });

      it('notes when it took a record, never earlier than the one before, the same for every reader', async () => {
        const before = Date.now();
        for (let i = 0; i < 5; i++) await append('1', String(i));
        const partition = partitionOf('1', under.log.partitions);
        const times = (await readAll(await started('a'), partition, 5)).map((record) => record.appendedAt);
        expect(times).toEqual(times.toSorted((a, b) => a - b));
        // The log's clock may be another machine's.
        expect(Math.abs(times[0] - before)).toBeLessThan(60_000);
        expect((await readAll(await started('b'), partition, 5)).map((record) => record.appendedAt)).toEqual(times);
      });

      it('keeps a record that it said was appended, whatever happens next', async () => {
        const texts = Array.from({ length: 50 }, (_, i) => String(i));
        await Promise.all(texts.map((text) => append('1', text)));
        const revived = await afterKill();
        const records = await readAll(
          await started('a', revived),
          partitionOf('1', under.log.partitions),
          texts.length,
        );
        expect(records.map(textOf)).toEqual(texts);
      });

      it('goes on behind what it held when it was killed', async () => {
        const last = await append('1', 'before');
        under = await afterKill();
        expect((await append('1', 'after')).offset).toBeGreaterThan(last.offset);
        const records = await readAll(await started('a'), partitionOf('1', under.log.partitions), 2);
        expect(records.map(textOf)).toEqual(['before', 'after']);
      });
    });

    describe('reading', () => {
      it('assigns every partition, and takes them back when it stops', async () => {
        const [assigned, revoked]: Assignment[][] = [[], []];
        const source = under.source('a');
        await source.start(
          (assignment) => assigned.push(assignment),
          (assignment) => revoked.push(assignment),
        );
        const partitions = Array.from({ length: under.log.partitions }, (_, partition) => partition);
        expect(assigned.map((one) => one.partition).toSorted((a, b) => a - b)).toEqual(partitions);
        expect(assigned.every((one) => !one.revoked)).toBe(true);
        await source.stop();
        expect(assigned.every((one) => revoked.includes(one))).toBe(true);
      });

      it('begins anew after it was stopped, under new assignments', async () => {
        const assigned: Assignment[] = [];
        const source = under.source('a');
        const start = () =>
          source.start(
            (assignment) => assigned.push(assignment),
            () => undefined,
          );
        await start();
        await source.stop();
        await start();
        expect(new Set(assigned).size).toBe(2 * under.log.partitions);
        await append('1', 'again');
        expect(await source.read(partitionOf('1', under.log.partitions), 0, 10, 1_000)).toHaveLength(1);
      });

      it('gives at most as many records as were asked for, from the offset on', async () => {
        const positions = await Promise.all(Array.from({ length: 300 }, (_, i) => append('1', String(i))));
        const source = await started('a');
        const records = await source.read(partitionOf('1', under.log.partitions), positions[100].offset, 7, 1_000);
        expect(records.length).toBeGreaterThan(0);
        expect(records.length).toBeLessThanOrEqual(7);
        expect(textOf(records[0])).toBe('100');
      });

      it('wakes a waiting read within milliseconds of the append', async () => {
        const partition = partitionOf('1', under.log.partitions);
        const source = await started('a');
        await append('1', 'warm');
        const waits: number[] = [];
        for (let round = 0; round < 10; round++) {
          const { offset } = await append('1', `before ${round}`);
          const reading = source.read(partition, offset + 1, 10, 5_000);
          await append('1', `round ${round}`);
          const appended = performance.now();
          expect((await reading).map(textOf)).toEqual([`round ${round}`]);
          waits.push(performance.now() - appended);
        }
        expect(waits.toSorted((a, b) => a - b)[5]).toBeLessThan(20);
      });

      it('comes back empty when nothing was appended in time, and at once when it stops', async () => {
        const source = await started('a');
        const begun = performance.now();
        expect(await source.read(0, 0, 10, 50)).toEqual([]);
        expect(performance.now() - begun).toBeGreaterThanOrEqual(45);
        const waiting = source.read(0, 0, 10, 60_000);
        await source.stop();
        expect(await waiting).toEqual([]);
      });

      it('is not woken by another partition', async () => {
        const partition = partitionOf('1', under.log.partitions);
        const other = (partition + 1) % under.log.partitions;
        const source = await started('a');
        const waiting = source.read(other, 0, 10, 100);
        await append('1', 'elsewhere');
        expect(await waiting).toEqual([]);
      });
    });

    describe('committing', () => {
      it('starts at the beginning for a group that has never committed', async () => {
        await append('1', 'first');
        expect(await (await started('new')).committed(partitionOf('1', under.log.partitions))).toBe(0);
      });

      it('remembers a commit for each group and partition by itself', async () => {
        const source = await started('a');
        for (let i = 0; i < 3; i++) await append('1', String(i));
        const partition = partitionOf('1', under.log.partitions);
        await source.commit(partition, 2);
        expect(await source.committed(partition)).toBe(2);
        expect(await source.committed((partition + 1) % under.log.partitions)).toBe(0);
        expect(await (await started('b')).committed(partition)).toBe(0);
      });

      it('tells how many records of each partition lie behind what is committed', async () => {
        const partition = partitionOf('1', under.log.partitions);
        const source = await started('a');
        for (let i = 0; i < 5; i++) await append('1', String(i));
        await source.commit(partition, 2);
        const lag = (await source.lag()).toSorted((a, b) => a.partition - b.partition);
        const expected = Array.from({ length: under.log.partitions }, (_, each) => ({ partition: each, records: 0 }));
        expected[partition].records = 3;
        expect(lag).toEqual(expected);
      });

      it('shows from outside how far a group has come, also when it has stopped or never began', async () => {
        const partition = partitionOf('1', under.log.partitions);
        const source = await started('a');
        for (let i = 0; i < 5; i++) await append('1', String(i));
        await source.commit(partition, 2);
        await source.stop();
        const nothing = Array.from({ length: under.log.partitions }, (_, each) => {
          return { partition: each, committed: 0, end: 0 };
        });
        const [begun, other] = [structuredClone(nothing), structuredClone(nothing)];
        begun[partition] = { partition, committed: 2, end: 5 };
        other[partition] = { partition, committed: 0, end: 5 };
        expect(await under.progress('a').partitions()).toEqual(begun);
        expect(await under.progress('b').partitions()).toEqual(other);
      });

      it('gives the group its committed offset after a kill, and the records from there', async () => {
        const source = await started('a');
        for (let i = 0; i < 5; i++) await append('1', String(i));
        const partition = partitionOf('1', under.log.partitions);
        await source.commit(partition, 3);
        const revived = await started('a', await afterKill());
        const offset = await revived.committed(partition);
        expect(offset).toBe(3);
        expect((await readAll(revived, partition, 2, offset)).map(textOf)).toEqual(['3', '4']);
      });
    });
  });
}

function textOf(record: ConsumedRecord): string {
  return Buffer.from(record.value).toString();
}

/** Comparing texts of this length is a thousand times faster than comparing arrays. */
function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
