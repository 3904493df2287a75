import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OrderedStore } from './ordered-store.js';
import type { Table } from './table.js';

describe('OrderedStore', () => {
  let folder: string;
  let store: OrderedStore;
  let table: Table<unknown>;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ordered-store-'));
    store = OrderedStore.open(folder);
    table = store.table('things');
  });

  afterEach(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });

  const fill = (...keys: (string | number)[][]) =>
    store.write(() => keys.forEach((key) => table.put(key, key.join('/'))));
  const keysOf = (range: Parameters<typeof table.range>[0]) => table.range(range).map((row) => row.key);

  it('gives back what was put, and undefined for what was not', async () => {
    const value = { text: 'Grüße 👋', list: [1, null, 2.5], deep: { a: { b: true } }, bytes: Buffer.from([0, 255]) };
    await store.write(() => table.put(['a', 1], value));
    expect(table.get(['a', 1])).toEqual(value);
    expect(table.get(['a', 2])).toBeUndefined();
  });

  it('gives back fields and numbers that users come up with', async () => {
    const fields = '{"":0,"7":1,"toString":2,"then":3,"length":-4,"a.b":5,"hasOwnProperty":null}';
    const numbers = '[0,-1,0.1,1e300,4294967296,-9007199254740992,12345678901234567000]';
    const value: unknown = { fields: JSON.parse(fields), numbers: JSON.parse(numbers) };
    await store.write(() => table.put(['odd'], value));
    expect(table.get(['odd'])).toEqual(value);
  });

  it('keeps tables apart', async () => {
    await store.write(() => store.table('one').put(['k'], 1));
    expect(store.table('two').get(['k'])).toBeUndefined();
    expect(store.table('one')).toBe(store.table('one'));
  });

  it('lists a range in order, both ends included', async () => {
    await fill(['c', 10], ['c', 9], ['c', 100], ['b', 5], ['d', 1]);
    expect(keysOf({ from: ['c', 9], to: ['c', 10] })).toEqual([
      ['c', 9],
      ['c', 10],
    ]);
    expect(keysOf({ from: ['c', 0], to: ['c', 99], order: 'descending' })).toEqual([
      ['c', 10],
      ['c', 9],
    ]);
    expect(keysOf({ from: ['c', 11], to: ['c', 12] })).toEqual([]);
  });

  it('stops at the limit, from either end', async () => {
    await fill(['c', 1], ['c', 2], ['c', 3]);
    expect(keysOf({ from: ['c'], to: ['c'], limit: 2 })).toEqual([
      ['c', 1],
      ['c', 2],
    ]);
    expect(keysOf({ from: ['c'], to: ['c'], limit: 1, order: 'descending' })).toEqual([['c', 3]]);
    expect(keysOf({ from: ['c'], to: ['c'], limit: 0 })).toEqual([]);
  });

  it('lists all rows under a prefix and none of a longer id with the same beginning', async () => {
    await fill(['12', 'x', 1], ['12', 'x', 2], ['12', 'y'], ['123', 'x', 1], ['1', 'x', 1]);
    expect(keysOf({ from: ['12', 'x'], to: ['12', 'x'] })).toEqual([
      ['12', 'x', 1],
      ['12', 'x', 2],
    ]);
    expect(keysOf({ from: ['12'], to: ['12'] })).toHaveLength(3);
  });

  it('lists a whole table by the empty prefix', async () => {
    await fill(['a'], ['b', 1], ['c', 'x']);
    expect(keysOf({ from: [], to: [] })).toEqual([['a'], ['b', 1], ['c', 'x']]);
  });

  it('runs changes in the order of the calls, each seeing what the earlier ones put', async () => {
    await fill(['n']);
    await store.write(() => table.put(['n'], 0));
    const results = await Promise.all(
      Array.from({ length: 500 }, () =>
        store.write(() => {
          const next = (table.get(['n']) as number) + 1;
          table.put(['n'], next);
          return next;
        }),
      ),
    );
    expect(results).toEqual(Array.from({ length: 500 }, (_, index) => index + 1));
  });

  it('shows a resolved write to every reader, and nothing before', async () => {
    const writing = store.write(() => table.put(['k'], 1));
    expect(table.get(['k'])).toBeUndefined();
    await writing;
    expect(table.get(['k'])).toBe(1);
  });

  it('removes rows', async () => {
    await fill(['a'], ['b']);
    await store.write(() => {
      table.remove(['a']);
      table.remove(['never there']);
    });
    expect(keysOf({ from: [], to: [] })).toEqual([['b']]);
  });

  it('undoes a change that throws, and only that one', async () => {
    const [before, failing, after] = await Promise.allSettled([
      store.write(() => table.put(['before'], 1)),
      store.write(() => {
        table.put(['failing'], 1);
        throw new Error('changed my mind');
      }),
      store.write(() => table.put(['after'], table.get(['failing']) ?? 'alone')),
    ]);
    expect([before.status, failing.status, after.status]).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect((failing as PromiseRejectedResult).reason).toEqual(new Error('changed my mind'));
    expect(keysOf({ from: [], to: [] })).toEqual([['after'], ['before']]);
    expect(table.get(['after'])).toBe('alone');
  });

  it('refuses to change a table outside a change, and a change inside a change', async () => {
    expect(() => table.put(['k'], 1)).toThrow(/inside OrderedStore.write/);
    expect(() => table.remove(['k'])).toThrow(/inside OrderedStore.write/);
    let inner: Promise<unknown> = Promise.resolve();
    await store.write(() => {
      inner = store.write(() => 1).catch((error: Error) => error.message);
    });
    expect(await inner).toMatch(/cannot start another/);
  });

  it('keeps everything across close and open, flushed or not', async () => {
    await store.write(() => table.put(['committed'], 1));
    expect(await store.writeFlushed(() => (table.put(['flushed'], 2), 'result'))).toBe('result');
    await store.close();
    store = OrderedStore.open(folder);
    table = store.table('things');
    expect([table.get(['committed']), table.get(['flushed'])]).toEqual([1, 2]);
  });

  it('finishes pending writes before it closes, and takes none afterwards', async () => {
    const pending = [
      store.write(() => table.put(['a'], table.get(['a']) ?? 1)),
      store.writeFlushed(() => table.put(['b'], 2)),
    ];
    await Promise.all([store.close(), store.close()]);
    await Promise.all(pending);
    await expect(store.write(() => 1)).rejects.toThrow('closed');
    expect(() => table.get(['a'])).toThrow('closed');
    expect(() => table.range({ from: [], to: [] })).toThrow('closed');
  });

  it('resolves flushed writes also when nothing was changed, and under load', async () => {
    await store.writeFlushed(() => undefined);
    await Promise.all(Array.from({ length: 300 }, (_, i) => store.writeFlushed(() => table.put(['k', i], i))));
    expect(keysOf({ from: ['k'], to: ['k'] })).toHaveLength(300);
  });
});
