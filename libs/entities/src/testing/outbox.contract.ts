import { beforeEach, describe, expect, it } from 'vitest';
import type { ConversationDirectory, Outbox } from '../conversation-directory.js';
import type { UserDirectory } from '../user-directory.js';
import { change, group, REPLY_TO } from './changes.js';
import { register } from './people.js';

export interface OutboxUnderTest {
  outbox: Outbox;
  directory: ConversationDirectory;
  users: UserDirectory;
  /** The same outbox as another process sees it. */
  anotherProcess(): Promise<Outbox>;
  /** Ends the database session of whoever is the relay, as its crash would. */
  crashRelay(): Promise<void>;
}

/** What every outbox does. `open` gives an empty one whose relay's place is free. */
export function outboxContract(name: string, open: () => Promise<OutboxUnderTest>): void {
  describe(`${name} as an outbox`, () => {
    let store: OutboxUnderTest;
    let outbox: Outbox;
    let directory: ConversationDirectory;
    let alice: string;
    let bob: string;
    let carol: string;

    beforeEach(async () => {
      store = await open();
      ({ outbox, directory } = store);
      [alice, bob, carol] = (await register(store.users, 3)) as [string, string, string];
    });

    it('holds everything about a change', async () => {
      const ids = change(alice);
      const conversationId = ids.conversationId;
      await directory.createGroup({ ...ids, title: 'Climbers', memberIds: [bob] });
      const added = change(alice, { conversationId });
      await directory.addMember({ ...added, userId: carol, memberLimit: 256 });
      const renamed = change(alice, { conversationId });
      await directory.rename({ ...renamed, title: 'Hikers' });
      const removed = change(alice, { conversationId });
      await directory.removeMember({ ...removed, userId: bob });
      const left = change(carol, { conversationId });
      await directory.removeMember({ ...left, userId: carol });

      const none = { conversation_kind: null, members: null, user_id: null, role: null, title: null };
      const by = (one: typeof ids, version: number) => ({
        conversation_id: conversationId,
        version,
        message_id: one.messageId,
        actor_id: one.actorId,
        reply_to: REPLY_TO,
        ...none,
      });
      const members = [
        { user_id: alice, role: 'owner' },
        { user_id: bob, role: 'member' },
      ];
      const rows = await outbox.unpublished(10);
      expect(rows.map(({ outbox_id: _id, ...row }) => row)).toEqual([
        { ...by(ids, 1), change: 'created', conversation_kind: 'group', members, title: 'Climbers' },
        { ...by(added, 2), change: 'member_joined', user_id: carol, role: 'member' },
        { ...by(renamed, 3), change: 'title_changed', title: 'Hikers' },
        { ...by(removed, 4), change: 'member_removed', user_id: bob },
        { ...by(left, 5), change: 'member_left', user_id: carol },
      ]);
    });

    it('tells the members of a new direct conversation', async () => {
      await directory.openDirect({ ...change(bob), peerId: alice });
      expect(await outbox.unpublished(10)).toMatchObject([
        {
          change: 'created',
          conversation_kind: 'direct',
          title: null,
          members: [
            { user_id: bob, role: 'member' },
            { user_id: alice, role: 'member' },
          ],
        },
      ]);
    });

    it('gives the oldest rows, by conversation and version', async () => {
      const [first, second] = [await group(directory, alice, []), await group(directory, alice, [])];
      const rename = (conversationId: string, title: string) =>
        directory.rename({ ...change(alice, { conversationId }), title });
      await rename(second, 'B2');
      await rename(first, 'A2');
      await rename(second, 'B3');
      const seen = async (limit: number) =>
        (await outbox.unpublished(limit)).map((row) => [row.conversation_id, row.version]);
      expect(await seen(10)).toEqual([
        [first, 1],
        [first, 2],
        [second, 1],
        [second, 2],
        [second, 3],
      ]);
      expect(await seen(3)).toEqual([
        [first, 1],
        [second, 1],
        [second, 2],
      ]);
    });

    it('never shows a version before the one that it follows, while changes are made', async () => {
      const groups = await Promise.all(Array.from({ length: 3 }, () => group(directory, alice, [])));
      await outbox.markPublished((await outbox.unpublished(10)).map((row) => row.outbox_id));
      const writing = Promise.all(
        Array.from({ length: 60 }, (_, index) =>
          directory.rename({ ...change(alice, { conversationId: groups[index % 3] }), title: `Title ${index}` }),
        ),
      );
      const last = new Map(groups.map((id) => [id, 1]));
      for (let published = 0; published < 60;) {
        const rows = await outbox.unpublished(7);
        for (const row of rows) {
          expect(row.version).toBe(last.get(row.conversation_id)! + 1);
          last.set(row.conversation_id, row.version);
        }
        await outbox.markPublished(rows.map((row) => row.outbox_id));
        published += rows.length;
      }
      await writing;
      expect(await outbox.unpublished(10)).toEqual([]);
    });

    it('forgets what was published, and nothing else', async () => {
      await group(directory, alice, []);
      await group(directory, bob, []);
      const [first, second] = await outbox.unpublished(10);
      await outbox.markPublished([first.outbox_id]);
      await outbox.markPublished([first.outbox_id]);
      await outbox.markPublished([]);
      expect(await outbox.unpublished(10)).toEqual([second]);
    });

    it('has one relay, who keeps the place as long as it lives', async () => {
      const other = await store.anotherProcess();
      expect(await outbox.tryBecomeRelay()).toBe(true);
      expect(await other.tryBecomeRelay()).toBe(false);
      expect(await outbox.tryBecomeRelay()).toBe(true);
    });

    it('gives the place to exactly one of two who ask at once, and to the other after a crash', async () => {
      const processes = await Promise.all([store.anotherProcess(), store.anotherProcess()]);
      const answers = await Promise.all(processes.map((one) => one.tryBecomeRelay()));
      expect(answers.toSorted()).toEqual([false, true]);
      const relay = processes[answers.indexOf(true)];
      const waiting = processes[answers.indexOf(false)];
      await store.crashRelay();
      await expect.poll(() => waiting.tryBecomeRelay()).toBe(true);
      expect(await relay.tryBecomeRelay()).toBe(false);
    });
  });
}
