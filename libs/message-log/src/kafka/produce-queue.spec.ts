import { EngineUnavailable } from '@parley/contracts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RecordToAppend } from '../message-log.js';
import { ProduceQueue, type PartitionGroup } from './produce-queue.js';

interface Request {
  groups: readonly PartitionGroup[];
  answer(offsets: Record<number, number>): Promise<void>;
  fail(error: Error): Promise<void>;
}

describe('ProduceQueue', () => {
  let requests: Request[];
  let queue: ProduceQueue;

  const open = (brokerOf = (partition: number) => partition % 2) =>
    new ProduceQueue(
      (groups) =>
        new Promise((resolve, reject) => {
          requests.push({
            groups,
            answer: (offsets) => {
              resolve(new Map(Object.entries(offsets).map(([partition, offset]) => [Number(partition), offset])));
              return turn();
            },
            fail: (error) => {
              reject(error);
              return turn();
            },
          });
        }),
      {
        partitions: 4,
        deadlineMs: 5_000,
        lingerMs: 2,
        groupRecords: 3,
        groupBytes: 3_000,
        waitingBytes: 10_000,
        brokerOf,
      },
    );

  /** What is due at once has happened after it. */
  const turn = async () => {
    await vi.advanceTimersByTimeAsync(0);
  };
  const sent = () => requests.map(({ groups }) => groups.map((group) => [group.partition, group.records.map(textOf)]));

  beforeEach(() => {
    vi.useFakeTimers();
    requests = [];
    queue = open();
  });

  afterEach(() => vi.useRealTimers());

  it('sends what is appended in one turn in one request to each broker, and says where each record stands', async () => {
    const appended = [queue.add(0, record('a')), queue.add(2, record('b')), queue.add(1, record('c'))];
    appended.push(queue.add(0, record('d')));
    await turn();
    expect(sent()).toEqual([
      [
        [0, ['a', 'd']],
        [2, ['b']],
      ],
      [[1, ['c']]],
    ]);
    await requests[0].answer({ 0: 40, 2: 7 });
    await requests[1].answer({ 1: 0 });
    const positions = await Promise.all(appended);
    expect(positions.map(({ offset }) => offset)).toEqual([40, 7, 0, 41]);
  });

  it('has one group of a partition on its way, and sends all that waited when it is answered', async () => {
    const first = queue.add(0, record('a'));
    await turn();
    const others = [queue.add(0, record('b')), queue.add(0, record('c'))];
    await vi.advanceTimersByTimeAsync(100);
    expect(requests).toHaveLength(1);
    await requests[0].answer({ 0: 0 });
    await requests[1].answer({ 0: 1 });
    expect(sent()[1]).toEqual([[0, ['b', 'c']]]);
    expect((await Promise.all([first, ...others])).map(({ offset }) => offset)).toEqual([0, 1, 2]);
  });

  it('lets other partitions wait for company, not for the answer', async () => {
    void queue.add(0, record('a'));
    await turn();
    void queue.add(2, record('b'));
    await vi.advanceTimersByTimeAsync(1);
    void queue.add(2, record('c'));
    expect(requests).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(sent()[1]).toEqual([[2, ['b', 'c']]]);
  });

  it('keeps groups within their bounds, in order', async () => {
    const appended = Array.from({ length: 7 }, (_, i) => queue.add(0, record(String(i))));
    await turn();
    await requests[0].answer({ 0: 0 });
    await requests[1].answer({ 0: 3 });
    await requests[2].answer({ 0: 6 });
    expect(sent().flat()).toEqual([
      [0, ['0', '1', '2']],
      [0, ['3', '4', '5']],
      [0, ['6']],
    ]);
    await Promise.all(appended);
  });

  it('sends a record that is larger than a group by itself', async () => {
    void queue.add(0, record('a'));
    void queue.add(0, record('x'.repeat(5_000)));
    await turn();
    await requests[0].answer({ 0: 0 });
    expect(requests.map(({ groups }) => groups[0].records.length)).toEqual([1, 1]);
  });

  it('rejects what was in a request that failed, and goes on with the next', async () => {
    const failing = [queue.add(0, record('a')), queue.add(2, record('b'))];
    const fine = queue.add(1, record('c'));
    await turn();
    const outcomes = Promise.allSettled(failing);
    void queue.add(0, record('d'));
    await requests[0].fail(new Error('the connection was closed'));
    for (const outcome of await outcomes) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { name: 'EngineUnavailable', engine: 'kafka' } });
    }
    expect(sent()[2]).toEqual([[0, ['d']]]);
    await requests[1].answer({ 1: 3 });
    expect((await fine).offset).toBe(3);
  });

  it('rejects at the deadline, on its way or not, and never sends what had not gone', async () => {
    const gone = queue.add(0, record('gone'));
    await turn();
    const waiting = queue.add(0, record('waiting'));
    const outcomes = Promise.allSettled([gone, waiting]);
    await vi.advanceTimersByTimeAsync(5_000);
    for (const outcome of await outcomes) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: expect.any(EngineUnavailable) });
    }
    await requests[0].answer({ 0: 0 });
    expect(requests).toHaveLength(1);
  });

  it('rejects at once beyond its bound of bytes, and takes records again when there is room', async () => {
    const held = [queue.add(0, record('x'.repeat(4_000))), queue.add(0, record('x'.repeat(4_000)))];
    await expect(queue.add(1, record('y'.repeat(1_000)))).rejects.toThrow(EngineUnavailable);
    await turn();
    await requests[0].answer({ 0: 0 });
    const later = queue.add(1, record('y'.repeat(1_000)));
    await requests[1].answer({ 0: 1 });
    await requests[2].answer({ 1: 5 });
    expect((await later).offset).toBe(5);
    await Promise.all(held);
  });

  it('counts what is on its way as long as it is not answered, its deadline passed or not', async () => {
    const outcome = Promise.allSettled([queue.add(0, record('x'.repeat(3_000)))]);
    await vi.advanceTimersByTimeAsync(5_000);
    await outcome;
    expect(queue.bytes).toBeGreaterThan(3_000);
    await requests[0].answer({ 0: 0 });
    expect(queue.bytes).toBe(0);
  });

  it('settles what was appended before it closes, and refuses what comes after', async () => {
    const before = queue.add(0, record('a'));
    const closing = queue.close();
    await expect(queue.add(0, record('b'))).rejects.toThrow('closed');
    await turn();
    await requests[0].answer({ 0: 9 });
    await closing;
    expect((await before).offset).toBe(9);
  });
});

function record(text: string): RecordToAppend {
  return { key: '7', value: Buffer.from(text) };
}

function textOf({ value }: RecordToAppend): string {
  return Buffer.from(value).toString();
}
