import { beforeEach, describe, expect, it } from 'vitest';
import type { ConsumedRecord } from '../message-log.js';
import { FetchedRecords } from './fetched-records.js';

describe('FetchedRecords', () => {
  let fetched: FetchedRecords;

  beforeEach(() => {
    fetched = new FetchedRecords(10);
  });

  it('gives what was fetched, in order, as much as is asked for', () => {
    fetched.push(records(10, 5));
    expect(offsets(fetched.take(10, 3))).toEqual([10, 11, 12]);
    expect(offsets(fetched.take(13, 100))).toEqual([13, 14]);
    expect(fetched.next).toBe(15);
  });

  it('drops what lies below the offset that is asked for', () => {
    fetched.push(records(10, 5));
    expect(offsets(fetched.take(13, 100))).toEqual([13, 14]);
  });

  it('cannot be read again where it was read or passed over', () => {
    fetched.push(records(10, 2));
    expect(fetched.reaches(10)).toBe(true);
    fetched.take(20, 100);
    expect([fetched.reaches(11), fetched.reaches(19), fetched.reaches(20)]).toEqual([false, false, true]);
    fetched.restart(10);
    expect(fetched.reaches(10)).toBe(true);
  });

  it('is full at 4,000 records or 4 MiB, and has room again at half of it', () => {
    fetched.push(records(10, 3_999));
    expect(fetched.isFull).toBe(false);
    fetched.push(records(4_009, 1));
    expect(fetched.isFull).toBe(true);
    fetched.take(10, 1_999);
    expect(fetched.hasRoom).toBe(false);
    fetched.take(2_009, 1);
    expect(fetched.hasRoom).toBe(true);
    fetched.restart(10);
    fetched.push(records(10, 4, 1024 * 1024));
    expect(fetched.isFull).toBe(true);
    fetched.take(10, 2);
    expect(fetched.hasRoom).toBe(true);
  });

  it('wakes who waits when something from the offset on has come, not before', async () => {
    let awake = false;
    const waiting = fetched.from(12, 60_000).then(() => (awake = true));
    fetched.push(records(10, 2));
    await new Promise(setImmediate);
    expect(awake).toBe(false);
    fetched.push(records(12, 1));
    await waiting;
  });

  it('wakes who waits when the time is over, and when it has ended', async () => {
    const begun = performance.now();
    await fetched.from(10, 30);
    expect(performance.now() - begun).toBeGreaterThanOrEqual(29);
    const waiting = fetched.from(10, 60_000);
    fetched.push(records(5, 1));
    fetched.end();
    await waiting;
    expect(fetched.take(5, 100)).toEqual([]);
  });
});

function records(from: number, count: number, bytes = 10): ConsumedRecord[] {
  const value = new Uint8Array(bytes);
  return Array.from({ length: count }, (_, i) => {
    return { key: '7', value, headers: {}, position: { epoch: 0, offset: from + i }, appendedAt: 0 };
  });
}

function offsets(taken: readonly ConsumedRecord[]): number[] {
  return taken.map(({ position }) => position.offset);
}
