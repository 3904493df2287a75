import { beforeEach, describe, expect, it } from 'vitest';
import type { BlockDirectory, BlockIds } from '../block-directory.js';
import type { ConversationDirectory, Outbox } from '../conversation-directory.js';
import type { UserDirectory } from '../user-directory.js';
import { change, conversationOf, group, NOW, REPLY_TO } from './changes.js';
import { register } from './people.js';

export interface BlocksUnderTest {
  blocks: BlockDirectory;
  directory: ConversationDirectory;
  outbox: Outbox;
  users: UserDirectory;
}

const NOBODY = ['17', '9999999999999999999'];
const FORBIDDEN = { decision: 'refused', code: 'forbidden' };
const NOTHING_IN_FORCE = { decision: 'decided', direct: null };

/** What every block directory does. `open` gives an empty one with the directory of conversations and its outbox. */
export function blockDirectoryContract(name: string, open: () => Promise<BlocksUnderTest>): void {
  describe(`${name} as a block directory`, () => {
    let blocks: BlockDirectory;
    let directory: ConversationDirectory;
    let outbox: Outbox;
    let users: UserDirectory;
    let alice: string;
    let bob: string;
    let carol: string;

    beforeEach(async () => {
      const store = await open();
      ({ blocks, directory, outbox, users } = store);
      [alice, bob, carol] = (await register(users, 3)) as [string, string, string];
    });

    const ids = (actorId: string, userId: string, now = NOW): BlockIds => {
      const { messageId, replyTo } = change(actorId);
      return { messageId, actorId, userId, now, replyTo };
    };
    const block = (actorId: string, userId: string, now?: number) => blocks.block(ids(actorId, userId, now));
    const unblock = (actorId: string, userId: string) => blocks.unblock(ids(actorId, userId));
    const openDirect = (actorId: string, peerId: string) => directory.openDirect({ ...change(actorId), peerId });
    const published = async (conversationId: string) =>
      (await outbox.unpublished(1_000))
        .filter((row) => row.conversation_id === conversationId)
        .map(({ version, change: what }) => [version, what]);

    it('lists whom a user blocks by the time, in pages, and each once', async () => {
      await block(alice, carol, NOW + 1);
      await block(alice, bob, NOW + 2);
      await block(alice, carol, NOW + 3);
      await block(bob, alice);
      const first = await blocks.blockedBy(alice, { limit: 1 });
      expect(first).toEqual([{ user_id: carol, blocked_at: NOW + 1 }]);
      expect(await blocks.blockedBy(alice, { limit: 5, after: first[0] })).toEqual([
        { user_id: bob, blocked_at: NOW + 2 },
      ]);
      await unblock(alice, carol);
      expect(await blocks.blockedBy(alice, { limit: 5 })).toMatchObject([{ user_id: bob }]);
    });

    it('knows nobody who does not exist', async () => {
      for (const stranger of NOBODY) {
        expect(await block(alice, stranger)).toEqual({ decision: 'refused', code: 'not_found' });
        expect(await unblock(alice, stranger)).toEqual({ decision: 'refused', code: 'not_found' });
      }
    });

    it('has nothing to bring into force where the two have no conversation', async () => {
      await openDirect(alice, carol);
      expect(await block(alice, bob)).toEqual(NOTHING_IN_FORCE);
      expect(await unblock(alice, bob)).toEqual(NOTHING_IN_FORCE);
      expect(await unblock(alice, carol)).toEqual(NOTHING_IN_FORCE);
      expect((await outbox.unpublished(10)).map((row) => row.change)).toEqual(['created']);
    });

    it('gives the direct conversation a change where a block makes a difference, and names the newest', async () => {
      const id = conversationOf(await openDirect(alice, bob));
      const at = (version: number) => ({ decision: 'decided', direct: { conversation_id: id, version } });
      expect(await block(alice, bob)).toEqual(at(2));
      expect(await block(alice, bob)).toEqual(at(2));
      expect(await block(bob, alice)).toEqual(at(2));
      expect(await unblock(alice, bob)).toEqual(at(2));
      expect(await unblock(bob, alice)).toEqual(at(3));
      expect(await unblock(bob, alice)).toEqual(at(3));
      expect(await published(id)).toEqual([
        [1, 'created'],
        [2, 'blocked'],
        [3, 'unblocked'],
      ]);
    });

    it('publishes who decided it', async () => {
      const id = conversationOf(await openDirect(alice, bob));
      const { messageId, ...rest } = ids(bob, alice);
      await blocks.block({ messageId, ...rest });
      expect((await outbox.unpublished(10)).at(-1)).toMatchObject({
        conversation_id: id,
        message_id: messageId,
        actor_id: bob,
        reply_to: REPLY_TO,
        user_id: null,
      });
    });

    it('forbids to open a direct conversation, to either side, until nobody blocks any more', async () => {
      const id = conversationOf(await openDirect(alice, bob));
      await block(alice, bob);
      await block(bob, alice);
      expect([await openDirect(alice, bob), await openDirect(bob, alice)]).toEqual([FORBIDDEN, FORBIDDEN]);
      await unblock(alice, bob);
      expect(await openDirect(alice, bob)).toEqual(FORBIDDEN);
      await unblock(bob, alice);
      expect(await openDirect(alice, bob)).toEqual({ decision: 'unchanged', conversation_id: id });
      await block(carol, alice);
      expect(await openDirect(alice, carol)).toEqual(FORBIDDEN);
    });

    it('forbids to put the other into a group, and leaves common groups and other people alone', async () => {
      const common = await group(directory, alice, [bob]);
      await block(bob, alice);
      const added = { ...change(alice), memberLimit: 256, userId: bob };
      expect(await directory.createGroup({ ...change(alice), title: 'New', memberIds: [carol, bob] })).toEqual(
        FORBIDDEN,
      );
      const [ours, theirs] = [await group(directory, alice, []), await group(directory, carol, [alice])];
      expect(await directory.addMember({ ...added, conversationId: ours })).toEqual(FORBIDDEN);
      expect(await directory.addMember({ ...added, actorId: carol, conversationId: theirs })).toMatchObject({
        decision: 'changed',
      });
      expect(await directory.addMember({ ...added, conversationId: common })).toMatchObject({ decision: 'unchanged' });
      expect(await directory.roleOf(common, bob)).toBe('member');
    });

    it('never leaves a new conversation without a block that was decided before it', async () => {
      await Promise.all(
        (await register(users, 20)).map(async (stranger, index) => {
          const opening = index % 2 ? openDirect(alice, stranger) : null;
          const blocking = block(stranger, alice);
          const [opened, blocked] = await Promise.all([opening ?? openDirect(alice, stranger), blocking]);
          if (opened.decision === 'refused') {
            expect([opened, blocked]).toEqual([FORBIDDEN, NOTHING_IN_FORCE]);
            return;
          }
          const id = conversationOf(opened);
          expect(blocked).toMatchObject({ direct: { conversation_id: id, version: 2 } });
          expect((await published(id)).map(([, what]) => what)).toEqual(['created', 'blocked']);
        }),
      );
    });

    it('numbers simultaneous blocks of both sides without a gap', async () => {
      const id = conversationOf(await openDirect(alice, bob));
      await Promise.all(
        Array.from({ length: 40 }, (_, index) => {
          const [actor, other] = index % 4 < 2 ? [alice, bob] : [bob, alice];
          return index % 2 ? unblock(actor, other) : block(actor, other);
        }),
      );
      const changes = await published(id);
      expect(changes.map(([version]) => version)).toEqual(changes.map((_, index) => index + 1));
      // Only what makes a difference is a change, so blocked and unblocked take turns.
      for (const [index, [, what]] of changes.slice(1).entries()) {
        expect(what).toBe(index % 2 === 0 ? 'blocked' : 'unblocked');
      }
    });
  });
}
