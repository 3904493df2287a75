import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import type { InboxStore } from '../inbox-store.js';
import type { InboxWrite } from '../rows.js';

let users = 0;

/** What all inbox stores do. `open` gives a store that may hold other users' inboxes. */
export function inboxStoreContract(name: string, open: () => Promise<InboxStore>): void {
  describe(`${name} as an inbox store`, () => {
    let store: InboxStore;
    let user: string;

    beforeEach(async () => {
      store = await open();
      user = newUser();
    });

    const joined = (at: number, conversationId = '500'): InboxWrite => ({
      user_id: user,
      conversation_id: conversationId,
      at,
      joined: { from_seq: at, floor_n: at - 1 },
    });
    const left = (at: number): InboxWrite => ({ user_id: user, conversation_id: '500', at, left: { to_seq: at } });
    const active = (at: number): InboxWrite => ({ user_id: user, conversation_id: '500', at, activity: activity(at) });
    const row = () => store.readRow(user, '500');

    it('knows nothing of an unknown user or conversation', async () => {
      expect(await store.readInbox(user)).toEqual([]);
      expect(await row()).toBeNull();
    });

    it('shows a row as it was written, marks at zero', async () => {
      await store.write([{ ...joined(3), activity: activity(3) }]);
      const expected = {
        conversation_id: '500',
        from_seq: 3,
        floor_n: 2,
        to_seq: null,
        ...activity(3),
        read_seq: 0,
        read_n: 0,
        delivered_seq: 0,
      };
      expect(await row()).toEqual(expected);
      expect(await store.readInbox(user)).toEqual([expected]);
    });

    it('lists all conversations of one user and none of a user whose id begins alike', async () => {
      await store.write([joined(1, '500'), joined(1, '501'), { ...joined(1, '502'), user_id: `${user}1` }]);
      expect((await store.readInbox(user)).map((one) => one.conversation_id).sort()).toEqual(['500', '501']);
    });

    it('leaves rows without a join out, and keeps what they hold until it comes', async () => {
      await store.raiseRead(user, '500', 4, 3);
      await store.raiseDelivered(user, new Map([['500', 6]]));
      await store.write([active(5), left(7)]);
      expect(await row()).toBeNull();
      expect(await store.readInbox(user)).toEqual([]);
      await store.write([joined(2)]);
      expect(await row()).toMatchObject({
        from_seq: 2,
        to_seq: 7,
        last_seq: 5,
        read_seq: 4,
        read_n: 3,
        delivered_seq: 6,
      });
    });

    it('tells a member from one who left, through leaving and joining again', async () => {
      await store.write([joined(1)]);
      expect((await row())?.to_seq).toBeNull();
      await store.write([left(5)]);
      expect(await row()).toMatchObject({ from_seq: 1, to_seq: 5 });
      await store.write([joined(8)]);
      expect(await row()).toMatchObject({ from_seq: 8, floor_n: 7, to_seq: null });
      await store.write([left(5), joined(1)]);
      expect(await row()).toMatchObject({ from_seq: 8, to_seq: null });
    });

    it('shows nothing of a deleted conversation, to members and former ones, whatever arrives late', async () => {
      await store.write([joined(1), joined(1, '501')]);
      await store.write([{ ...left(5), deleted: true }]);
      await store.raiseRead(user, '500', 5, 4);
      await store.write([active(4), joined(1)]);
      expect(await row()).toBeNull();
      expect((await store.readInbox(user)).map((one) => one.conversation_id)).toEqual(['501']);
    });

    it('keeps the latest activity whatever arrives late', async () => {
      await store.write([joined(1), active(9)]);
      await store.write([active(4)]);
      expect(await row()).toMatchObject(activity(9));
    });

    it('only raises the read mark, by the reader and by own sends alike', async () => {
      await store.write([joined(1)]);
      await store.raiseRead(user, '500', 5, 4);
      await store.raiseRead(user, '500', 3, 2);
      expect(await row()).toMatchObject({ read_seq: 5, read_n: 4 });
      const send = (at: number) => ({ ...active(at), read: { read_seq: at, read_n: at - 1 } });
      await store.write([send(8)]);
      await store.write([send(7)]);
      await store.raiseRead(user, '500', 6, 5);
      expect(await row()).toMatchObject({ read_seq: 8, read_n: 7, last_seq: 8 });
    });

    it('only raises delivered marks, several conversations at once', async () => {
      await store.write([joined(1), joined(1, '501')]);
      await store.raiseDelivered(user, new Map([['500', 5]]));
      await store.raiseDelivered(
        user,
        new Map([
          ['500', 4],
          ['501', 2],
        ]),
      );
      const marks = (await store.readInbox(user)).map((one) => [one.conversation_id, one.delivered_seq]);
      expect(new Map(marks as [string, number][])).toEqual(
        new Map([
          ['500', 5],
          ['501', 2],
        ]),
      );
    });

    it('ends in one state, whatever was stored before, in whatever order and how often rows are written', async () => {
      await fc.assert(
        fc.asyncProperty(writesOfOneRow, async ({ writes, before, replay }) => {
          const straight = newUser();
          for (const write of writes) await apply(store, straight, write);
          const winding = newUser();
          await Promise.all([...before, ...replay].map((write) => apply(store, winding, write)));
          expect(await store.readRow(winding, '500')).toEqual(await store.readRow(straight, '500'));
        }),
        { numRuns: 60 },
      );
    });
  });
}

const activity = (at: number) => ({
  last_seq: at,
  last_n: at - 1,
  last_message_seq: at - 1,
  last_activity_at: 1_750_000_000_000 + at,
});

type Write = { does: 'join' | 'leave' | 'activity' | 'send' | 'read' | 'delivered'; at: number };

/** One write per entry of an invented history; entries of a membership alternate between join and leave. */
const writesOfOneRow = fc
  .array(
    fc.constantFrom('membership' as const, 'activity' as const, 'send' as const, 'read' as const, 'delivered' as const),
    { minLength: 1, maxLength: 15 },
  )
  .map((kinds) => {
    let member = false;
    return kinds.map((kind, index): Write => {
      if (kind !== 'membership') return { does: kind, at: index + 1 };
      member = !member;
      return { does: member ? 'join' : 'leave', at: index + 1 };
    });
  })
  .chain((writes) =>
    fc.record({
      writes: fc.constant(writes),
      before: fc.array(fc.constantFrom(...writes), { maxLength: 20 }),
      replay: fc.shuffledSubarray(writes, { minLength: writes.length }),
    }),
  );

async function apply(store: InboxStore, userId: string, { does, at }: Write): Promise<void> {
  if (does === 'read') return store.raiseRead(userId, '500', at, at - 1);
  if (does === 'delivered') return store.raiseDelivered(userId, new Map([['500', at]]));
  const cells = {
    join: { joined: { from_seq: at, floor_n: at - 1 } },
    leave: { left: { to_seq: at } },
    send: { read: { read_seq: at, read_n: at - 1 } },
    activity: {},
  }[does];
  await store.write([{ user_id: userId, conversation_id: '500', at, activity: activity(at), ...cells }]);
}

/** An id that no test used before, in this run or an earlier one over the same store. */
function newUser(): string {
  users += 1;
  return `${Date.now()}${String(users).padStart(5, '0')}`;
}
