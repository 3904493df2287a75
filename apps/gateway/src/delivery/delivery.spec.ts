import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import type { EntryView } from '@parley/contracts';
import {
  EmbeddedConversationStore,
  EmbeddedCursorStore,
  EmbeddedInboxStore,
  type InboxStore,
} from '@parley/message-store';
import { entryRow, membershipEnd, membershipStart, storedEntry } from '@parley/message-store/testing';
import { OrderedStore } from '@parley/ordered-store';
import { EntryReader, PullEntries, SystemReaderClock, toEntryView, type AnnounceReceipts } from '@parley/reading';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { sessionUnderTest } from '../../test/sessions-under-test.js';
import { SyncSession } from '../catch-up/sync-session.js';
import { CompareSessions } from '../comparing/compare-sessions.js';
import { SessionTable } from '../connections/session-table.js';
import { Acknowledge } from './acknowledge.js';
import { CursorWriter } from './cursor-writer.js';
import { Deliver } from './deliver.js';
import { DeliveryWindow } from './delivery-window.js';

const USER = '42';
const WINDOW = new DeliveryWindow(8, 1_000_000, 10_000);
const device = { user_id: USER, device_id: 'phone', generation: 'first' };

let folder: string;
let ordered: OrderedStore;
let conversations = 1_000;
const writers: CursorWriter[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-delivery-'));
  ordered = OrderedStore.open(folder);
});

afterAll(async () => {
  await Promise.all(writers.map((writer) => writer.settle(device)));
  await ordered.close();
  await rm(folder, { recursive: true });
});

/** A gateway's delivery side over a real store, and one session whose wire is recorded. */
function setUp(startAfter: number) {
  const conversationId = String(++conversations);
  const store = new EmbeddedConversationStore(ordered);
  const receipts = { request: () => undefined } as unknown as AnnounceReceipts;
  const cursors = new CursorWriter(new EmbeddedCursorStore(ordered), new EmbeddedInboxStore(ordered), receipts);
  const pull = new PullEntries(new EntryReader(store, new SystemReaderClock()));
  const deliver = new Deliver(pull, WINDOW);
  const { session, told: wire } = sessionUnderTest({ userId: USER });
  const stream = session.outbound.streamOf(conversationId, startAfter);
  session.outbound.isOpen = true;
  const acknowledge = new Acknowledge(cursors, deliver);
  const compare = new CompareSessions(new SessionTable(), new EmbeddedInboxStore(ordered), deliver);
  writers.push(cursors);
  return {
    conversationId,
    store,
    deliver,
    session,
    stream,
    acknowledge,
    compare,
    wire,
    sync: new SyncSession(pull, deliver, WINDOW),
  };
}

/** Sequence numbers in the order in which they went over the wire, in batches and as live events. */
function seqsOn(wire: { payload: unknown }[]): number[] {
  return wire.flatMap(({ payload }) => {
    const { messages, seq } = payload as { messages?: EntryView[]; seq?: number };
    return messages ? messages.map((entry) => entry.seq) : seq === undefined ? [] : [seq];
  });
}

function pushOf(conversationId: string, seq: number) {
  return { entry: toEntryView(storedEntry(entryRow(conversationId, seq))), bytes: 200, session_ids: [] };
}

/** Runs after so many turns of the microtask queue. */
async function pushAt(moment: number, push: () => void): Promise<void> {
  for (let turn = 0; turn < moment; turn++) await Promise.resolve();
  push();
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 2));

describe('delivery', () => {
  describe('of the deletion of a conversation', () => {
    /** Five entries, the last one the deletion; everything of it is stored when it is pushed. */
    async function deleted(startAfter: number) {
      const scene = setUp(startAfter);
      const { conversationId, store } = scene;
      const deletion = entryRow(conversationId, 5, { kind: 'update', body: { change: 'deleted' } });
      await store.write([
        ...[1, 2, 3, 4].map((seq) => entryRow(conversationId, seq)),
        deletion,
        membershipStart(conversationId, USER, 1),
        membershipEnd(conversationId, USER, 1, 5),
      ]);
      await store.write([{ row: 'head', conversation_id: conversationId, last_seq: 5 }]);
      return { ...scene, push: { entry: toEntryView(storedEntry(deletion)), bytes: 200, session_ids: [] } };
    }

    it('is the last that a session gets, also where it lags and can read nothing any more', async () => {
      for (const startAfter of [4, 2]) {
        const { deliver, session, stream, wire, push } = await deleted(startAfter);
        deliver.push(session, push);
        await settle();
        expect(seqsOn(wire)).toEqual([5]);
        expect([stream.isBehind, session.outbound.behind.size]).toEqual([false, 0]);
        deliver.push(session, push);
        await settle();
        expect(seqsOn(wire)).toEqual([5]);
      }
    });

    it('waits behind the sync of its conversation', async () => {
      const { deliver, session, stream, wire, push } = await deleted(2);
      stream.isSyncing = true;
      deliver.push(session, push);
      await settle();
      expect(wire).toEqual([]);
      stream.isSyncing = false;
      deliver.resume(session);
      await settle();
      expect(seqsOn(wire)).toEqual([5]);
    });

    it('reaches a session whose push got lost, by the head or by the inbox that lacks the conversation', async () => {
      for (const startAfter of [4, 2]) {
        const { conversationId, deliver, session, stream, wire } = await deleted(startAfter);
        deliver.heed(session, conversationId, 5);
        await settle();
        expect(seqsOn(wire)).toEqual([5]);
        expect([stream.isBehind, session.outbound.behind.size]).toEqual([false, 0]);
      }
      const { compare, session, wire } = await deleted(2);
      for (let times = 0; times < 2; times++) {
        compare.request(session);
        await settle();
        expect(seqsOn(wire)).toEqual([5]);
      }
    });

    it('is not told to who had left before', async () => {
      const { conversationId, compare, deliver, session, store, wire } = setUp(2);
      const deletion = entryRow(conversationId, 3, { kind: 'update', body: { change: 'deleted' } });
      await store.write([
        ...[entryRow(conversationId, 1), entryRow(conversationId, 2), deletion],
        membershipStart(conversationId, USER, 1),
        membershipEnd(conversationId, USER, 1, 2),
      ]);
      await store.write([{ row: 'head', conversation_id: conversationId, last_seq: 3 }]);
      deliver.heed(session, conversationId, 3);
      compare.request(session);
      await settle();
      expect(wire).toEqual([]);
    });
  });

  it('sends each visible entry once and in order, whatever happens to pushes and acknowledgements', async () => {
    const plan = fc.record({
      entries: fc.integer({ min: 1, max: 40 }),
      leaves: fc.option(fc.record({ at: fc.integer({ min: 2, max: 20 }), away: fc.integer({ min: 1, max: 10 }) })),
      startAfter: fc.integer({ min: 0, max: 10 }),
      steps: fc.array(
        fc.record({
          push: fc.integer({ min: -2, max: 2 }),
          isHead: fc.boolean(),
          ack: fc.boolean(),
          pause: fc.boolean(),
        }),
        {
          minLength: 40,
          maxLength: 40,
        },
      ),
    });
    await fc.assert(
      fc.asyncProperty(plan, async ({ entries, leaves, startAfter, steps }) => {
        const start = Math.min(startAfter, entries);
        const { conversationId, store, deliver, session, stream, acknowledge, wire } = setUp(start);
        const visible = await storeMembership(store, conversationId, entries, leaves);
        let outstanding = 0;
        for (let seq = 1; seq <= entries; seq++) {
          await store.write([entryRow(conversationId, seq)]);
          await store.write([{ row: 'head', conversation_id: conversationId, last_seq: seq }]);
          const step = steps[seq - 1];
          // A push may come late, twice, as a head, or never; what comes is stored, and the user may see it.
          const pushed = seq + Math.min(0, step.push);
          if (step.push < 2 && visible.has(pushed)) {
            if (step.isHead) deliver.heed(session, conversationId, pushed);
            else deliver.push(session, pushOf(conversationId, pushed));
          }
          if (step.pause) await settle();
          outstanding = seqsOn(wire).filter((sent) => sent > stream.acknowledged).length;
          expect(outstanding).toBeLessThanOrEqual(WINDOW.entries);
          if (step.ack && stream.acknowledgeable > 0) {
            void acknowledge.execute(session, { [conversationId]: stream.acknowledgeable });
          }
        }
        const expected = [...visible].filter((seq) => seq > start);
        const last = expected.at(-1);
        if (last !== undefined) deliver.push(session, pushOf(conversationId, last));
        for (let round = 0; round < 50 && seqsOn(wire).length < expected.length; round++) {
          await settle();
          void acknowledge.execute(session, { [conversationId]: stream.acknowledgeable });
        }
        await settle();
        expect(seqsOn(wire)).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  it('finds by a comparison with the inbox what pushes have missed, in a conversation joined since, too', async () => {
    const { conversationId, store, deliver, session, wire } = setUp(2);
    const joined = String(++conversations);
    for (const [id, entries] of [
      [conversationId, 4],
      [joined, 3],
    ] as const) {
      await storeMembership(store, id, entries, null);
      await storeEntries(store, id, 1, entries);
    }
    const inbox = { readInbox: async () => [inboxRow(conversationId, 4), inboxRow(joined, 3)] };
    const compare = new CompareSessions(new SessionTable(), inbox as unknown as InboxStore, deliver);
    compare.request(session);
    await vi.waitUntil(() => wire.length === 5);
    compare.request(session);
    await settle();
    expect(seqsOn(wire)).toEqual([3, 4, 1, 2, 3]);
  });

  it('keeps a head that comes before the session is open until it is', async () => {
    const { conversationId, store, deliver, session, stream, wire, sync } = setUp(0);
    session.outbound.isOpen = false;
    await storeMembership(store, conversationId, 6, null);
    await storeEntries(store, conversationId, 1, 6);
    stream.wanted = 4;
    deliver.heed(session, conversationId, 6);
    deliver.heed(session, conversationId, 5);
    await settle();
    expect(wire).toEqual([]);
    await sync.execute(session, [inboxRow(conversationId, 4)]);
    await settle();
    expect(seqsOn(wire)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('syncs in batches as the window has room, and lets live entries wait behind them', async () => {
    const { conversationId, store, deliver, session, stream, acknowledge, wire, sync } = setUp(0);
    await storeMembership(store, conversationId, 30, null);
    await storeEntries(store, conversationId, 1, 20);
    stream.wanted = 20;
    const inbox = [inboxRow(conversationId, 20)];
    const done = sync.execute(session, inbox);
    await settle();
    await storeEntries(store, conversationId, 21, 21);
    deliver.push(session, pushOf(conversationId, 21));
    for (let round = 0; round < 20 && !wire.some(({ event }) => event === 'sync:done'); round++) {
      await settle();
      expect(seqsOn(wire).filter((seq) => seq > stream.acknowledged).length).toBeLessThanOrEqual(WINDOW.entries);
      void acknowledge.execute(session, { [conversationId]: stream.acknowledgeable });
    }
    await done;
    await storeEntries(store, conversationId, 22, 22);
    deliver.push(session, pushOf(conversationId, 22));
    await settle();
    expect(seqsOn(wire)).toEqual(Array.from({ length: 22 }, (_, index) => index + 1));
    const events = wire.map(({ event }) => event);
    expect(events.indexOf('message:new')).toBeGreaterThan(events.lastIndexOf('message:batch'));
    expect(wire.find(({ event }) => event === 'sync:done')?.payload).toMatchObject({
      conversations: [{ conversation_id: conversationId }],
    });
  });

  it('refuses an acknowledgement above what was sent as a whole, and moves nothing', async () => {
    const { conversationId, store, deliver, session, stream, acknowledge } = setUp(0);
    await storeMembership(store, conversationId, 5, null);
    await storeEntries(store, conversationId, 1, 1);
    deliver.push(session, pushOf(conversationId, 1));
    const refused = await acknowledge.execute(session, { [conversationId]: 1, '777': 1 });
    expect(refused).toMatchObject({ ok: false, code: 'validation_failed' });
    expect(stream.acknowledged).toBe(0);
    expect(await acknowledge.execute(session, { [conversationId]: 2 })).toMatchObject({ ok: false });
    expect(await acknowledge.execute(session, { [conversationId]: 1, '777': 0 })).toEqual({ ok: true });
    expect(stream.acknowledged).toBe(1);
  });

  it('sends an entry once when its push meets the start of the sync, at whichever moment', async () => {
    for (let moment = 0; moment < 30; moment++) {
      const { conversationId, store, deliver, session, stream, wire, sync } = setUp(0);
      session.outbound.isOpen = false;
      await storeMembership(store, conversationId, 6, null);
      await storeEntries(store, conversationId, 1, 6);
      stream.wanted = 5;
      const pushed = pushAt(moment, () => deliver.push(session, pushOf(conversationId, 6)));
      await Promise.resolve();
      await sync.execute(session, [inboxRow(conversationId, 5)]);
      await pushed;
      await settle();
      expect(seqsOn(wire)).toEqual([1, 2, 3, 4, 5, 6]);
    }
  });

  it('fills one window, not one for each conversation, when an acknowledgement makes room for many', async () => {
    const { conversationId, store, deliver, session, stream, acknowledge, wire } = setUp(0);
    const ids = [conversationId, ...Array.from({ length: 20 }, () => String(++conversations))];
    for (const id of ids) {
      await storeMembership(store, id, 10, null);
      await storeEntries(store, id, 1, 10);
      for (let seq = 1; seq <= 10; seq++) deliver.push(session, pushOf(id, seq));
    }
    const unacknowledged = () => seqsOn(wire).length - acknowledged;
    let acknowledged = 0;
    await settle();
    expect(unacknowledged()).toBe(WINDOW.entries);
    for (let round = 0; round < 100 && seqsOn(wire).length < 10 * ids.length; round++) {
      acknowledged = seqsOn(wire).length;
      const positions = [...session.outbound.streams].map(([id, each]) => [id, each.acknowledgeable] as const);
      void acknowledge.execute(session, Object.fromEntries(positions));
      await settle();
      expect(unacknowledged()).toBeLessThanOrEqual(WINDOW.entries);
    }
    expect(seqsOn(wire)).toHaveLength(10 * ids.length);
    expect(stream.isBehind).toBe(false);
  });

  it('fills the window by bytes and never over it, but lets a larger entry out alone', async () => {
    const { conversationId, store, deliver, session, stream, acknowledge, wire } = setUp(0);
    await storeMembership(store, conversationId, 3, null);
    await storeEntries(store, conversationId, 1, 3);
    const push = (seq: number, bytes: number) => deliver.push(session, { ...pushOf(conversationId, seq), bytes });
    push(1, WINDOW.bytes + 1);
    push(2, 10);
    await settle();
    expect(seqsOn(wire)).toEqual([1]);
    await acknowledge.execute(session, { [conversationId]: 1 });
    await settle();
    push(3, WINDOW.bytes);
    await settle();
    expect(seqsOn(wire)).toEqual([1, 2, 3]);
    expect(session.outbound.fits(WINDOW.bytes, WINDOW)).toBe(false);
    expect(stream.isBehind).toBe(false);
  });

  it('reads nothing for a session whose next entry does not fit, until it acknowledges', async () => {
    const { conversationId, store, deliver, session, acknowledge, wire } = setUp(0);
    await storeMembership(store, conversationId, 50, null);
    await storeEntries(store, conversationId, 1, 50);
    deliver.push(session, { ...pushOf(conversationId, 1), bytes: WINDOW.bytes - 1 });
    deliver.heed(session, conversationId, 2);
    await settle();
    const reads = vi.spyOn(store, 'readEntries');
    for (let seq = 3; seq <= 50; seq++) deliver.push(session, pushOf(conversationId, seq));
    await settle();
    expect(reads).not.toHaveBeenCalled();
    await acknowledge.execute(session, { [conversationId]: 1 });
    await settle();
    expect(seqsOn(wire)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('does not wait for room that an acknowledgement has just made', async () => {
    const { conversationId, store, deliver, session, acknowledge } = setUp(0);
    await storeMembership(store, conversationId, 1, null);
    await storeEntries(store, conversationId, 1, 1);
    deliver.push(session, pushOf(conversationId, 1));
    const woken = vi.fn();
    void session.outbound.whenRoom().then(woken);
    await settle();
    expect(woken).not.toHaveBeenCalled();
    void acknowledge.execute(session, { [conversationId]: 1 });
    await session.outbound.whenRoom();
    await settle();
    expect(woken).toHaveBeenCalled();
  });

  it('keeps nothing but positions of what lies beyond the window', async () => {
    const { conversationId, store, deliver, session, wire } = setUp(0);
    await storeMembership(store, conversationId, 100, null);
    await storeEntries(store, conversationId, 1, 100);
    for (let seq = 1; seq <= 100; seq++) deliver.push(session, pushOf(conversationId, seq));
    await settle();
    expect(seqsOn(wire)).toHaveLength(WINDOW.entries);
    expect(session.outbound.behind.size).toBe(1);
  });
});

async function storeEntries(store: EmbeddedConversationStore, id: string, from: number, to: number): Promise<void> {
  const rows = Array.from({ length: to - from + 1 }, (_, index) => entryRow(id, from + index));
  await store.write([...rows, { row: 'head', conversation_id: id, last_seq: to }]);
}

/** The user is a member from the first entry on, and may be away once. Answers what the user may see. */
async function storeMembership(
  store: EmbeddedConversationStore,
  id: string,
  entries: number,
  leaves: { at: number; away: number } | null,
): Promise<Set<number>> {
  const all = Array.from({ length: entries }, (_, index) => index + 1);
  await store.write([membershipStart(id, USER, 1)]);
  if (!leaves) return new Set(all);
  const back = leaves.at + leaves.away + 1;
  await store.write([membershipEnd(id, USER, 1, leaves.at), membershipStart(id, USER, back)]);
  return new Set(all.filter((seq) => seq <= leaves.at || seq >= back));
}

function inboxRow(conversation_id: string, last_seq: number) {
  const activity = { last_seq, last_n: last_seq, last_message_seq: last_seq, last_activity_at: last_seq };
  const marks = { from_seq: 1, floor_n: 0, to_seq: null, read_seq: 0, read_n: 0, delivered_seq: 0 };
  return { conversation_id, ...activity, ...marks };
}
