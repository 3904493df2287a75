import { Controller, type INestMicroservice, type Type } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import { Test } from '@nestjs/testing';
import { setTimeout as sleep } from 'node:timers/promises';
import { throwError } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RecordBatch } from '../message-log.js';
import { ScriptedRecordSource } from '../testing/scripted-record-source.js';
import { RecordBatchServer } from './record-batch-server.js';

const TOPIC = 'conversations.entries';
/** Waits short enough for tests; the bounds are the real ones. */
const QUICK = { waitMs: 5, backoffMs: 1, maxBackoffMs: 4, commitMs: 20 };

/** What the controller got, and what it does with each batch. */
let batches: RecordBatch[];
let handle: (batch: RecordBatch) => unknown;

@Controller()
class EntriesController {
  @EventPattern(TOPIC)
  take(batch: RecordBatch): unknown {
    batches.push(batch);
    return handle(batch);
  }
}

@Controller()
class SecondController {
  @EventPattern(TOPIC)
  take(_batch: RecordBatch): void {}
}

@Controller()
class OtherController {
  @EventPattern('another.topic')
  take(_batch: RecordBatch): void {}
}

const offsets = (batch: RecordBatch) => batch.records.map((record) => record.position.offset);
const firstOffsets = () => batches.map((batch) => offsets(batch)[0]);

describe('RecordBatchServer', () => {
  let source: ScriptedRecordSource;
  let app: INestMicroservice;

  beforeEach(() => {
    source = new ScriptedRecordSource();
    batches = [];
    handle = () => undefined;
  });

  afterEach(async () => {
    await app.close();
  });

  const start = async (controllers: Type[] = [EntriesController], options: object = QUICK) => {
    const module = await Test.createTestingModule({ controllers }).compile();
    app = module.createNestMicroservice({ strategy: new RecordBatchServer(source, TOPIC, options), logger: false });
    await app.listen();
  };

  describe('handing out', () => {
    it('gives the controller batches of at most 500 records, in offset order without a hole', async () => {
      source.add(1_200);
      await start();
      await vi.waitFor(() => expect(batches.flatMap(offsets)).toEqual(Array.from({ length: 1_200 }, (_, i) => i)));
      expect(batches.map((batch) => batch.records.length)).toEqual([500, 500, 200]);
      expect(batches[0]).toMatchObject({ topic: TOPIC, partition: 0 });
    });

    it('gives batches of at most 1 MiB, and a larger record alone', async () => {
      source.add(3, 400 * 1024);
      source.add(1, 2 * 1024 * 1024);
      source.add(1, 10);
      await start();
      await vi.waitFor(() => expect(batches.map(offsets)).toEqual([[0, 1], [2], [3], [4]]));
    });

    it('does not wait for a batch before it hands out the next one', async () => {
      handle = () => new Promise(() => undefined);
      source.add(700);
      await start();
      await vi.waitFor(() => expect(firstOffsets()).toEqual([0, 500]));
      source.add(1);
      await vi.waitFor(() => expect(firstOffsets()).toEqual([0, 500, 700]));
      // The batches never end; give the partition back so that closing need not wait for them.
      source.revoke(0);
    });

    it('hands out at most 2,000 records before the first of them is finished', async () => {
      const finish: (() => void)[] = [];
      handle = () => new Promise<void>((resolve) => finish.push(resolve));
      source.add(2_600);
      await start();
      await vi.waitFor(() => expect(batches).toHaveLength(4));
      finish[1]();
      await sleep(20);
      expect(batches).toHaveLength(4);
      finish[0]();
      await vi.waitFor(() => expect(batches).toHaveLength(6));
      for (const end of finish) end();
    });

    it('hands out at most 8 MiB before the first of them is finished', async () => {
      const finish: (() => void)[] = [];
      handle = () => new Promise<void>((resolve) => finish.push(resolve));
      source.add(20, 1024 * 1024);
      await start();
      await vi.waitFor(() => expect(batches).toHaveLength(8));
      await sleep(20);
      expect(batches).toHaveLength(8);
      handle = () => undefined;
      for (const end of finish) end();
      await vi.waitFor(() => expect(batches).toHaveLength(20));
    });

    it('reads partitions side by side: one that is stuck delays no other', async () => {
      source = new ScriptedRecordSource(2);
      handle = (batch) => (batch.partition === 0 ? new Promise(() => undefined) : undefined);
      source.add(2_600, 10, 0);
      source.add(2_600, 10, 1);
      await start();
      const taken = (partition: number) => batches.filter((batch) => batch.partition === partition).flatMap(offsets);
      await vi.waitFor(() => expect(taken(1)).toHaveLength(2_600));
      expect(taken(0)).toHaveLength(2_000);
      source.revoke(0);
    });
  });

  describe('committing', () => {
    it('commits the offset below which every batch is finished, and nothing above it', async () => {
      const finish: (() => void)[] = [];
      handle = () => new Promise<void>((resolve) => finish.push(resolve));
      source.add(1_500);
      await start();
      await vi.waitFor(() => expect(finish).toHaveLength(3));
      finish[0]();
      finish[2]();
      await vi.waitFor(() => expect(source.commits).toEqual([{ partition: 0, offset: 500 }]), { timeout: 3_000 });
      finish[1]();
      await vi.waitFor(() => expect(source.commits.at(-1)).toEqual({ partition: 0, offset: 1_500 }), {
        timeout: 3_000,
      });
    });

    it('commits again what could not be committed', async () => {
      source.commitFailures.push(new Error('the log is away'));
      source.add(10);
      await start();
      await vi.waitFor(() => expect(source.commits).toEqual([{ partition: 0, offset: 10 }]), { timeout: 4_000 });
    });

    it('starts at the committed offset', async () => {
      source.add(10);
      await source.commit(0, 6);
      await start();
      await vi.waitFor(() => expect(batches.flatMap(offsets)).toEqual([6, 7, 8, 9]));
    });

    it('waits for batches in flight, commits and stops the source when it is closed', async () => {
      handle = () => sleep(50);
      source.add(10);
      await start();
      await vi.waitFor(() => expect(batches).toHaveLength(1));
      await app.close();
      expect(source.commits).toEqual([{ partition: 0, offset: 10 }]);
      expect(source.stopped).toBe(true);
      expect(batches[0].assignment.revoked).toBe(true);
    });

    it('gives up batches that do not end while it closes, and commits what stands below them', async () => {
      handle = () => (batches.length === 2 ? new Promise(() => undefined) : undefined);
      source.add(700);
      await start([EntriesController], { ...QUICK, closingMs: 30 });
      await vi.waitFor(() => expect(batches).toHaveLength(2));
      await app.close();
      expect(source.commits).toEqual([{ partition: 0, offset: 500 }]);
    });

    it('hands out nothing any more while it closes', async () => {
      handle = () => sleep(50);
      source.add(1);
      await start();
      await vi.waitFor(() => expect(batches).toHaveLength(1));
      const closing = app.close();
      source.add(1);
      await closing;
      expect(batches).toHaveLength(1);
    });
  });

  describe('failing', () => {
    const failures: [string, () => unknown][] = [
      [
        'throws',
        () => {
          throw new Error('the store is away');
        },
      ],
      ['rejects', () => Promise.reject(new Error('the store is away'))],
      ['returns an Observable that errors', () => throwError(() => new Error('the store is away'))],
    ];

    it.each(failures)('hands a batch out again when the controller %s', async (_, fail) => {
      handle = () => (batches.length <= 3 ? fail() : undefined);
      source.add(5);
      await start();
      await vi.waitFor(() => expect(batches).toHaveLength(4));
      expect(batches.map(offsets)).toEqual(Array.from({ length: 4 }, () => [0, 1, 2, 3, 4]));
      await app.close();
      expect(source.commits).toEqual([{ partition: 0, offset: 5 }]);
    });

    it('marks the assignment of a failed batch revoked and goes on under a new one', async () => {
      handle = () => (batches.length === 1 ? Promise.reject(new Error('the store is away')) : undefined);
      source.add(5);
      await start();
      await vi.waitFor(() => expect(batches).toHaveLength(2));
      const [first, second] = batches.map((batch) => batch.assignment);
      expect(first.revoked).toBe(true);
      expect(second).not.toBe(first);
      expect(second).toEqual({ partition: 0, revoked: false });
    });

    it('keeps one assignment for as long as nothing fails', async () => {
      source.add(700);
      await start();
      await vi.waitFor(() => expect(batches).toHaveLength(2));
      expect(batches[1].assignment).toBe(batches[0].assignment);
      expect(batches[0].assignment).toBe(source.assignments.get(0));
    });

    it('begins again at the first unfinished batch, finished ones above it included', async () => {
      let failed = false;
      handle = (batch) => {
        if (offsets(batch)[0] !== 500 || failed) return undefined;
        failed = true;
        return sleep(20).then(() => Promise.reject(new Error('the store is away')));
      };
      source.add(1_500);
      await start();
      await vi.waitFor(() => expect(firstOffsets()).toEqual([0, 500, 1_000, 500, 1_000]));
    });

    it('takes no notice of how a batch of the old assignment ends', async () => {
      const ends: ((error?: Error) => void)[] = [];
      const waiting = () =>
        new Promise<void>((resolve, reject) => ends.push((error) => (error ? reject(error) : resolve())));
      handle = waiting;
      source.add(1_000);
      await start();
      await vi.waitFor(() => expect(ends).toHaveLength(2));
      ends[0](new Error('the store is away'));
      await vi.waitFor(() => expect(ends).toHaveLength(4));
      ends[1]();
      await sleep(60);
      expect(source.commits).toEqual([]);
      expect(batches[2].assignment.revoked).toBe(false);
      ends[2]();
      ends[3]();
      await app.close();
      expect(source.commits).toEqual([{ partition: 0, offset: 1_000 }]);
    });

    it('waits twice as long after each failure in a row, up to a limit', async () => {
      const at: number[] = [];
      handle = () => {
        at.push(performance.now());
        return Promise.reject(new Error('the store is away'));
      };
      source.add(1);
      await start([EntriesController], { ...QUICK, backoffMs: 20, maxBackoffMs: 80 });
      await vi.waitFor(() => expect(at.length).toBeGreaterThanOrEqual(6), { timeout: 3_000 });
      const waits = at.slice(1).map((time, index) => time - at[index]);
      for (const [index, atLeast] of [20, 40, 80, 80].entries()) expect(waits[index]).toBeGreaterThan(atLeast - 2);
      // Without the limit the fifth wait would be 320 ms.
      expect(waits[4]).toBeLessThan(300);
    });

    it('reads on after a read that failed', async () => {
      source.readFailures.push(new Error('the log is away'), new Error('the log is away'));
      source.add(5);
      await start();
      await vi.waitFor(() => expect(batches.map(offsets)).toEqual([[0, 1, 2, 3, 4]]));
    });
  });

  describe('assignments', () => {
    it('revokes and stops at once when the source takes the partition away', async () => {
      source.add(1);
      await start();
      await vi.waitFor(() => expect(batches).toHaveLength(1));
      source.revoke(0);
      expect(batches[0].assignment.revoked).toBe(true);
      source.add(1);
      await sleep(20);
      expect(batches).toHaveLength(1);
    });

    it('commits what is finished when the partition is taken away', async () => {
      source.add(700);
      handle = () => (batches.length === 2 ? new Promise(() => undefined) : undefined);
      await start([EntriesController], { ...QUICK, commitMs: 60_000 });
      await vi.waitFor(() => expect(batches).toHaveLength(2));
      source.revoke(0);
      expect(source.commits).toEqual([{ partition: 0, offset: 500 }]);
    });

    it('reads from the committed offset again when the partition comes back', async () => {
      source.add(3);
      handle = () => new Promise(() => undefined);
      await start([EntriesController], { ...QUICK, closingMs: 30 });
      await vi.waitFor(() => expect(batches).toHaveLength(1));
      source.revoke(0);
      source.assign(0);
      await vi.waitFor(() =>
        expect(batches.map(offsets)).toEqual([
          [0, 1, 2],
          [0, 1, 2],
        ]),
      );
      expect(batches[1].assignment).not.toBe(batches[0].assignment);
    });
  });

  describe('starting', () => {
    it('refuses to start without a controller for its topic', async () => {
      await expect(start([OtherController])).rejects.toThrow(`No controller has an @EventPattern('${TOPIC}')`);
    });

    it('refuses to start with two controllers for its topic', async () => {
      await expect(start([EntriesController, SecondController])).rejects.toThrow(/a batch has one owner/);
    });
  });
});
