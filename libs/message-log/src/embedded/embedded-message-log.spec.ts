import { Controller } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import { Test } from '@nestjs/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RecordBatchServer } from '../consuming/record-batch-server.js';
import type { RecordBatch } from '../message-log.js';
import { partitionOf } from '../partition-of.js';
import { messageLogContract, type MessageLogUnderTest } from '../testing/message-log.contract.js';
import { TemporaryStore } from '../testing/temporary-store.js';
import { EmbeddedMessageLog, type EmbeddedLogOptions } from './embedded-message-log.js';
import { openLogTables } from './log-tables.js';

const TOPIC = 'conversations.entries';
const OPTIONS: EmbeddedLogOptions = { topic: TOPIC, partitions: 4 };
const DAY_MS = 24 * 3_600_000;

async function openOn(temporary: TemporaryStore): Promise<MessageLogUnderTest> {
  const log = await EmbeddedMessageLog.open(temporary.store, OPTIONS);
  return {
    log,
    source: (group) => log.source(group),
    progress: (group) => log.progress(group),
    afterKill: () => openOn(temporary.afterKill()),
    close: async () => {
      await log.close();
      await temporary.close();
    },
  };
}

messageLogContract('EmbeddedMessageLog', () => openOn(TemporaryStore.open()));

describe('EmbeddedMessageLog', () => {
  let temporary: TemporaryStore;
  let log: EmbeddedMessageLog;
  let now: number;

  const open = (options: Partial<EmbeddedLogOptions> = {}) =>
    EmbeddedMessageLog.open(temporary.store, { ...OPTIONS, now: () => now, ...options });

  beforeEach(async () => {
    now = Date.UTC(2025, 0, 1);
    temporary = TemporaryStore.open();
    log = await open();
  });

  afterEach(async () => {
    await log.close();
    await temporary.close();
  });

  const append = (text: string, key = '1') => log.append({ key, value: Buffer.from(text) });
  const partition = partitionOf('1', OPTIONS.partitions);

  const read = async (offset = 0, from = log) => {
    const source = from.source('reader');
    await source.start(
      () => undefined,
      () => undefined,
    );
    return source.read(partition, offset, 10_000, 20);
  };

  it('numbers the records of each partition from 0 without a hole', async () => {
    const first = await Promise.all(Array.from({ length: 1_200 }, (_, i) => append(String(i))));
    const second = await append('last');
    expect([...first, second].map((position) => position.offset)).toEqual(Array.from({ length: 1_201 }, (_, i) => i));
  });

  it('does not let the time of a record fall when the clock is set back, after a reopening neither', async () => {
    await append('one');
    now -= 3_600_000;
    await append('two');
    await log.close();
    log = await open();
    await append('three');
    now += 7_200_000;
    await append('four');
    const times = (await read()).map((record) => record.appendedAt - Date.UTC(2025, 0, 1));
    expect(times).toEqual([0, 0, 0, 3_600_000]);
  });

  it('shows a record to readers only when it is flushed', async () => {
    let flush: () => void = () => undefined;
    const flushing = new Promise<void>((resolve) => {
      flush = resolve;
    });
    const write = temporary.store.writeFlushed.bind(temporary.store);
    vi.spyOn(temporary.store, 'writeFlushed').mockImplementationOnce(async (change) => {
      const result = await write(change);
      await flushing;
      return result;
    });
    const appending = append('one');
    expect(await read()).toEqual([]);
    flush();
    await appending;
    expect(await read()).toHaveLength(1);
  });

  it('rejects what cannot be written, and takes the next record at the same place', async () => {
    vi.spyOn(temporary.store, 'writeFlushed').mockRejectedValueOnce(new Error('no space left on the device'));
    await expect(append('one')).rejects.toThrow('no space left');
    expect(await append('two')).toEqual({ epoch: 0, offset: 0 });
  });

  it('rejects a record that is not durable by the deadline', async () => {
    await log.close();
    log = await open({ publishDeadlineMs: 30 });
    vi.spyOn(temporary.store, 'writeFlushed').mockImplementationOnce(() => new Promise(() => undefined));
    const behind = [append('in the write that hangs')];
    await Promise.resolve();
    behind.push(append('behind it'));
    const settled = await Promise.allSettled(behind);
    for (const one of settled) expect(one).toMatchObject({ status: 'rejected', reason: { message: /within 30 ms/ } });
  });

  it('refuses appends once it is closed, and finishes those before', async () => {
    let durable = false;
    const before = append('before').then(() => {
      durable = true;
    });
    const closing = log.close();
    await expect(append('after')).rejects.toThrow('closed');
    await closing;
    expect(durable).toBe(true);
    await before;
  });

  it('cannot be opened with another number of partitions', async () => {
    await expect(open({ partitions: 8 })).rejects.toThrow(/created with 4 partitions and cannot be opened with 8/);
  });

  it('cannot be opened when a group has read beyond its end', async () => {
    await append('one');
    await temporary.store.write(() => openLogTables(temporary.store).committed.put([TOPIC, 'router', partition], 2));
    await expect(open()).rejects.toThrow(/ends at offset 1 .* group router has read up to 2/);
  });

  it('keeps topics of one store apart', async () => {
    const other = await open({ topic: 'another.topic', partitions: 2 });
    await append('one');
    expect(await other.append({ key: '1', value: Buffer.from('two') })).toEqual({ epoch: 0, offset: 0 });
    expect(await read()).toHaveLength(1);
    await other.close();
  });

  it('feeds a controller as long as it runs, and goes on where it ended', async () => {
    const texts: string[] = [];
    @Controller()
    class TextsController {
      @EventPattern(TOPIC)
      take(batch: RecordBatch): void {
        texts.push(...batch.records.map((record) => Buffer.from(record.value).toString()));
      }
    }
    const run = async () => {
      const module = await Test.createTestingModule({ controllers: [TextsController] }).compile();
      const strategy = new RecordBatchServer(log.source('texts'), TOPIC);
      const app = module.createNestMicroservice({ strategy, logger: false });
      await app.listen();
      return app;
    };
    const first = await run();
    await append('one');
    await append('two');
    await vi.waitFor(() => expect(texts).toEqual(['one', 'two']));
    await first.close();
    await append('three');
    const second = await run();
    await vi.waitFor(() => expect(texts).toEqual(['one', 'two', 'three']));
    await second.close();
  });

  it('takes any number of partitions without a warning', async () => {
    const warned = vi.fn();
    process.on('warning', warned);
    const wide = await open({ topic: 'wide', partitions: 64 });
    const source = wide.source('reader');
    await source.start(
      () => undefined,
      () => undefined,
    );
    const reads = Array.from({ length: 64 }, (_, each) => source.read(each, 0, 1, 20));
    expect((await Promise.all(reads)).flat()).toEqual([]);
    process.off('warning', warned);
    expect(warned).not.toHaveBeenCalled();
    await wide.close();
  });

  describe('trimming', () => {
    const fill = async (count: number) => {
      await Promise.all(Array.from({ length: count }, (_, i) => append(String(i))));
    };

    it('removes what every group has finished with and is older than 7 days', async () => {
      await fill(1_300);
      now += 7 * DAY_MS + 1;
      await append('young');
      await log.source('router').commit(partition, 1_301);
      await log.source('notifier').commit(partition, 1_200);
      expect(await log.trim()).toBe(1_200);
      // From before the start too: a group that goes back reads what is left.
      for (const offset of [0, 1_200]) expect((await read(offset))[0].position.offset).toBe(1_200);
    });

    it('keeps what is younger, finished or not', async () => {
      await fill(10);
      now += 6 * DAY_MS;
      await fill(10);
      await log.source('router').commit(partition, 20);
      expect(await log.trim()).toBe(0);
      now += DAY_MS + 1;
      expect(await log.trim()).toBe(10);
    });

    it('removes nothing before a group has committed', async () => {
      await fill(10);
      now += 30 * DAY_MS;
      expect(await log.trim()).toBe(0);
    });

    it('goes on numbering where it was, though nothing is left', async () => {
      await fill(10);
      now += 8 * DAY_MS;
      await log.source('router').commit(partition, 10);
      expect(await log.trim()).toBe(10);
      await log.close();
      log = await open();
      expect(await append('next')).toEqual({ epoch: 0, offset: 10 });
    });

    it('lets a new group begin at the first record that is left', async () => {
      await fill(10);
      now += 8 * DAY_MS;
      await log.source('router').commit(partition, 4);
      await log.trim();
      expect(await log.source('new').committed(partition)).toBe(4);
    });

    it('lets appends through while it works', async () => {
      await fill(3_000);
      now += 8 * DAY_MS;
      await log.source('router').commit(partition, 3_000);
      let trimmed = false;
      const trimming = log.trim().then(() => {
        trimmed = true;
      });
      await append('in between');
      expect(trimmed).toBe(false);
      await trimming;
    });
  });
});
