import { beforeEach, describe, expect, it } from 'vitest';
import type { ConversationStore } from '../conversation-store.js';
import type { InboxStore } from '../inbox-store.js';
import type { ConversationRow } from '../rows.js';
import { FaultyConversationStore, FaultyInboxStore, WriteFaults } from './faulty-store.js';
import { entryRow } from './sample-rows.js';

/** Repeatable numbers from 0 to 1: a linear congruential generator (Numerical Recipes). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

describe('a faulty store', () => {
  const rows = Array.from({ length: 8 }, (_, index) => entryRow('1', index + 1));
  let applied: number[];
  let real: ConversationStore;

  beforeEach(() => {
    applied = [];
    real = {
      write: async (some: readonly ConversationRow[]) => {
        for (const row of some) if (row.row === 'entry') applied.push(row.seq);
      },
      readHead: async () => applied.length,
    } as unknown as ConversationStore;
  });

  it('applies every row of a write once, in an order that follows from the seed', async () => {
    const orders = new Set<string>();
    for (const seed of [1, 2, 3, 1]) {
      applied = [];
      await new FaultyConversationStore(real, new WriteFaults(seeded(seed))).write(rows);
      expect(new Set(applied)).toEqual(new Set([1, 2, 3, 4, 5, 6, 7, 8]));
      expect(applied).toHaveLength(8);
      orders.add(applied.join());
    }
    expect(orders.size).toBe(3);
  });

  it('dies in the planned write with some of its rows applied, and applies nothing later', async () => {
    const partial = new Set<number>();
    for (let seed = 0; seed < 40; seed++) {
      applied = [];
      const faults = new WriteFaults(seeded(seed * 7_919), 1);
      const store = new FaultyConversationStore(real, faults);
      const inbox = new FaultyInboxStore({} as InboxStore, faults);
      await store.write(rows);
      expect(faults.dead).toBe(false);
      await expect(store.write(rows)).rejects.toThrow('dead');
      expect(faults.dead).toBe(true);
      const left = applied.length;
      partial.add(left - rows.length);
      await expect(store.write(rows)).rejects.toThrow('dead');
      await expect(inbox.write([])).rejects.toThrow('dead');
      await expect(store.readHead('1')).rejects.toThrow('dead');
      expect(applied).toHaveLength(left);
    }
    expect(partial.size).toBeGreaterThan(4);
  });

  it('reads through until it is dead, also while it stalls', async () => {
    const faults = new WriteFaults(seeded(1));
    const store = new FaultyConversationStore(real, faults);
    faults.stall();
    expect(await store.readHead('1')).toBe(0);
    faults.die();
    await expect(store.readHead('1')).rejects.toThrow('dead');
  });

  it('holds writes back while it stalls and applies all of them when they are released', async () => {
    const faults = new WriteFaults(seeded(5));
    const store = new FaultyConversationStore(real, faults);
    faults.stall();
    const writes = [store.write(rows.slice(0, 4)), store.write(rows.slice(4))];
    await new Promise(setImmediate);
    expect(applied).toEqual([]);
    await faults.release();
    await Promise.all(writes);
    expect(new Set(applied)).toEqual(new Set([1, 2, 3, 4, 5, 6, 7, 8]));
    expect(applied).toHaveLength(8);
    expect(applied).not.toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    await store.write(rows.slice(0, 1));
    expect(applied).toHaveLength(9);
  });

  it('loses the writes that it holds back when it dies', async () => {
    const faults = new WriteFaults(seeded(5));
    const store = new FaultyConversationStore(real, faults);
    faults.stall();
    const write = store.write(rows);
    faults.die();
    await expect(write).rejects.toThrow('dead');
    await faults.release();
    expect(applied).toEqual([]);
  });
});
