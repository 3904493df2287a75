import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ConversationStore, EntryRange, Membership } from '@parley/message-store';
import { entryRow, storedEntry } from '@parley/message-store/testing';
import { EntryReader, type ReadLimits, type ReadPage } from './entry-reader.js';
import { PullEntries } from './pull-entries.js';
import { ReaderClock } from './reader-clock.js';
import { Visibility } from './visibility.js';

const DELETION = { kind: 'update' as const, body: { change: 'deleted' as const } };
const NEVER = Number.POSITIVE_INFINITY;
const MUCH: ReadLimits = { entries: 1_000 };

class VirtualClock extends ReaderClock {
  now = 0;
  readonly sleeps: number[] = [];
  override monotonicMs(): number {
    return this.now;
  }
  override async sleep(ms: number): Promise<void> {
    this.sleeps.push(ms);
    this.now += ms;
  }
}

/** A conversation whose entry i + 1 becomes readable at `readableAt[i]` on the clock. */
interface Scene {
  head: number;
  intervals: [from: number, to: number | null][];
  readableAt: number[];
}

function readerOf({ head, intervals, readableAt }: Scene) {
  const clock = new VirtualClock();
  const memberships = intervals.map(([from_seq, to_seq]): Membership => {
    return { user_id: '901', from_seq, to_seq, end_by_seq: to_seq, role: 'member' };
  });
  const calls: string[] = [];
  const deleted = { at: 0 };
  const store = {
    readHead: async () => (calls.push('head'), head),
    readMembershipsOf: async () => (calls.push('memberships'), memberships),
    readEntries: async (_: string, { from, to, limit, order }: EntryRange) => {
      const there = readableAt
        .map((at, index) => (at <= clock.now ? index + 1 : 0))
        .filter((seq) => from <= seq && seq <= to);
      const ordered = order === 'ascending' ? there : there.toReversed();
      return ordered
        .slice(0, limit)
        .map((seq) => storedEntry(entryRow('500', seq, seq === deleted.at ? DELETION : {})));
    },
  } as unknown as ConversationStore;
  const reader = new EntryReader(store, clock);
  return { clock, calls, deleted, reader, conversation: () => reader.open('901', '500') };
}

const seqsOf = ({ entries }: ReadPage) => entries.map(({ entry }) => entry.seq);
const readable = (count: number, late: Record<number, number> = {}) =>
  Array.from({ length: count }, (_, index) => late[index + 1] ?? 0);

async function forward(scene: Scene, afterSeq: number, limits = MUCH) {
  const { reader, conversation, clock } = readerOf(scene);
  const page = await reader.forward(await conversation(), afterSeq, limits);
  return { seqs: seqsOf(page), position: page.position, hasMore: page.hasMore, waited: clock.now };
}

async function backward(scene: Scene, beforeSeq: number, limits = MUCH) {
  const { reader, conversation, clock } = readerOf(scene);
  const page = await reader.backward(await conversation(), beforeSeq, limits);
  return { seqs: seqsOf(page), position: page.position, hasMore: page.hasMore, waited: clock.now };
}

describe('EntryReader', () => {
  const member: Scene = { head: 6, intervals: [[1, null]], readableAt: readable(9) };
  const returned: Scene = {
    head: 9,
    intervals: [
      [1, 3],
      [7, null],
    ],
    readableAt: readable(9),
  };

  it('reads the head before the memberships, so that no leave below the head is missed', async () => {
    const { calls, conversation } = readerOf(member);
    await conversation();
    expect(calls).toEqual(['head', 'memberships']);
  });

  it('reads forward up to the head that it read first, and nothing above', async () => {
    expect(await forward(member, 0)).toEqual({ seqs: [1, 2, 3, 4, 5, 6], position: 6, hasMore: false, waited: 0 });
    expect(await forward(member, 4)).toMatchObject({ seqs: [5, 6], position: 6, hasMore: false });
  });

  it('reads backward from the head or from a position', async () => {
    expect(await backward(member, NEVER)).toEqual({ seqs: [6, 5, 4, 3, 2, 1], position: 1, hasMore: false, waited: 0 });
    expect(await backward(member, 4, { entries: 2 })).toMatchObject({ seqs: [3, 2], position: 2, hasMore: true });
    expect(await backward(member, 1)).toMatchObject({ seqs: [], position: 1, hasMore: false });
  });

  it('stops at the limit and says that there is more', async () => {
    expect(await forward(member, 1, { entries: 2 })).toMatchObject({ seqs: [2, 3], position: 3, hasMore: true });
    expect(await forward(member, 1, { entries: 5 })).toMatchObject({ position: 6, hasMore: false });
  });

  it('stops before the bytes run over, but never without an entry', async () => {
    const { reader, conversation } = readerOf(member);
    const { entries } = await reader.forward(await conversation(), 0, MUCH);
    const [first, second] = entries;
    expect(first?.bytes).toBe(Buffer.byteLength(JSON.stringify(first?.entry)));
    const two = (first?.bytes ?? 0) + (second?.bytes ?? 0);
    expect(await forward(member, 0, { entries: 10, bytes: two })).toMatchObject({ seqs: [1, 2], hasMore: true });
    expect(await forward(member, 0, { entries: 10, bytes: two - 1 })).toMatchObject({ seqs: [1], hasMore: true });
    expect(await forward(member, 0, { entries: 10, bytes: 1 })).toMatchObject({ seqs: [1], hasMore: true });
  });

  it('skips what lies between two memberships, in either direction', async () => {
    expect(await forward(returned, 0)).toMatchObject({ seqs: [1, 2, 3, 7, 8, 9], waited: 0 });
    expect(await forward(returned, 5, { entries: 2 })).toMatchObject({ seqs: [7, 8], position: 8, hasMore: true });
    expect(await backward(returned, NEVER, { entries: 4 })).toMatchObject({ seqs: [9, 8, 7, 3], hasMore: true });
  });

  it('stands at the last visible entry, or where it started, when nothing is left', async () => {
    const former: Scene = { ...returned, intervals: [[1, 3]] };
    expect(await forward(former, 1)).toMatchObject({ seqs: [2, 3], position: 3, hasMore: false });
    expect(await forward(former, 3)).toMatchObject({ seqs: [], position: 3, hasMore: false });
    expect(await forward(former, 7)).toMatchObject({ seqs: [], position: 7, hasMore: false });
  });

  it('tells a former member nothing of how far the conversation has come', async () => {
    const former: Scene = { ...returned, intervals: [[1, 3]] };
    expect(await forward(former, 50)).toMatchObject({ seqs: [], position: 50, hasMore: false });
    expect(await forward({ ...former, intervals: [[1, null]] }, 50)).toMatchObject({ position: 9, hasMore: false });
  });

  it('waits for a missing entry, longer each time, and goes on when it comes', async () => {
    const { reader, conversation, clock } = readerOf({ ...member, readableAt: readable(9, { 3: 150 }) });
    const page = await reader.forward(await conversation(), 0, MUCH);
    expect(seqsOf(page)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(clock.sleeps).toEqual([5, 10, 20, 40, 80]);
  });

  it('never passes a missing entry: after 2 s it answers what lies before it', async () => {
    const holed = { ...member, readableAt: readable(9, { 3: NEVER }) };
    const late = await forward(holed, 0);
    expect(late).toMatchObject({ seqs: [1, 2], position: 2, hasMore: true });
    expect(late.waited).toBeGreaterThanOrEqual(2_000);
    expect(late.waited).toBeLessThan(2_200);
    expect(await forward(holed, 2)).toMatchObject({ seqs: [], position: 2, hasMore: true });
    expect(await backward(holed, NEVER)).toMatchObject({ seqs: [6, 5, 4], position: 4, hasMore: true });
  });

  it('does not wait for what the user may not see', async () => {
    const holed = { ...returned, readableAt: readable(9, { 5: NEVER }) };
    expect(await forward(holed, 0)).toMatchObject({ seqs: [1, 2, 3, 7, 8, 9], waited: 0 });
  });

  it('reads more entries than one read of the store brings', async () => {
    const long: Scene = { head: 350, intervals: [[1, null]], readableAt: readable(350) };
    expect((await forward(long, 0)).seqs).toEqual(readable(350).map((_, index) => index + 1));
    expect((await backward(long, NEVER, { entries: 150 })).seqs.at(-1)).toBe(201);
  });

  it('agrees with the plain definition for any memberships, holes and limits', async () => {
    await fc.assert(
      fc.asyncProperty(scenes, fc.nat(45), fc.integer({ min: 1, max: 12 }), async (scene, from, entries) => {
        const visibility = new Visibility(
          scene.intervals.map(([from_seq, to_seq]) => ({
            user_id: '901',
            from_seq,
            to_seq,
            end_by_seq: to_seq,
            role: 'member',
          })),
        );
        const visible = scene.readableAt.flatMap((_, i) =>
          visibility.includes(i + 1) && i < scene.head ? [i + 1] : [],
        );
        const comes = (seq: number) => scene.readableAt[seq - 1] !== NEVER;
        const takes = (candidates: number[]) => {
          const hole = candidates.findIndex((seq) => !comes(seq));
          return candidates.slice(0, Math.min(entries, hole < 0 ? Infinity : hole));
        };

        const start = visibility.floor === null ? from : Math.min(from, scene.head);
        const ahead = visible.filter((seq) => seq > start);
        const up = await forward(scene, from, { entries });
        expect(up.seqs).toEqual(takes(ahead));
        expect(up.hasMore).toBe(up.seqs.length < ahead.length);
        const last = up.hasMore ? (up.seqs.at(-1) ?? start) : Math.max(start, visible.at(-1) ?? 0);
        expect(up.position).toBe(last);

        const behind = visible.filter((seq) => seq < from).toReversed();
        const down = await backward(scene, from, { entries });
        expect(down.seqs).toEqual(takes(behind));
        expect(down.hasMore).toBe(down.seqs.length < behind.length);
      }),
      { numRuns: 400 },
    );
  });
});

/** Up to 40 entries, a few of them late (but within the patience of a reader) or never there; some above the head. */
const scenes: fc.Arbitrary<Scene> = fc
  .record({
    readableAt: fc.array(
      fc.oneof(
        { weight: 12, arbitrary: fc.constant(0) },
        { weight: 2, arbitrary: fc.integer({ min: 1, max: 1_500 }) },
        { weight: 1, arbitrary: fc.constant(NEVER) },
      ),
      { minLength: 1, maxLength: 40 },
    ),
    missingTail: fc.nat(3),
    steps: fc.array(fc.record({ gap: fc.nat(6), length: fc.nat(9) }), { maxLength: 5 }),
    stillMember: fc.boolean(),
  })
  .map(({ readableAt, missingTail, steps, stillMember }) => {
    let next = 1;
    const intervals: Scene['intervals'] = steps.map(({ gap, length }) => {
      const from = next + gap;
      next = from + length + 1;
      return [from, from + length];
    });
    if (stillMember) intervals.push([next, null]);
    return { head: Math.max(0, readableAt.length - missingTail), intervals, readableAt };
  });

describe('PullEntries', () => {
  const pull = (scene: Scene, afterSeq: number, entries = 10) =>
    new PullEntries(readerOf(scene).reader).execute('901', '500', afterSeq, { entries });

  it('answers null to everybody once the conversation is deleted, to whom it left before too', async () => {
    for (const to of [2, 5]) {
      const { reader, conversation, deleted } = readerOf({ head: 5, intervals: [[1, to]], readableAt: readable(5) });
      const pull = () => new PullEntries(reader).execute('901', '500', 0, MUCH);
      expect((await pull())?.entries).toHaveLength(to);
      deleted.at = 5;
      expect(await pull()).toBeNull();
      expect((await reader.backward(await conversation(), NEVER, MUCH)).entries).toEqual([]);
    }
  });

  it('answers null to who never was a member', async () => {
    expect(await pull({ head: 3, intervals: [], readableAt: readable(3) }, 0)).toBeNull();
  });

  it('leads every visible entry past a device that asks again from where it stands, and then ends', async () => {
    const scene: Scene = {
      head: 9,
      intervals: [
        [2, 4],
        [7, 8],
      ],
      readableAt: readable(9),
    };
    const seen: number[] = [];
    let afterSeq = 0;
    for (let more = true; more;) {
      const pulled = await pull(scene, afterSeq, 2);
      seen.push(...(pulled?.entries ?? []).map(({ entry }) => entry.seq));
      afterSeq = pulled?.toSeq ?? 0;
      more = pulled?.hasMore ?? false;
    }
    expect(seen).toEqual([2, 3, 4, 7, 8]);
    expect(await pull(scene, afterSeq)).toEqual({ entries: [], toSeq: 8, hasMore: false });
    expect(await pull(scene, 1_000)).toEqual({ entries: [], toSeq: 1_000, hasMore: false });
  });
});
