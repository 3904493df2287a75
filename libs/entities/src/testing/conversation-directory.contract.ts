import type { Role } from '@parley/contracts';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ConversationDirectory, Decision, MemberRecord, Outbox } from '../conversation-directory.js';
import type { UserDirectory } from '../user-directory.js';
import { change, conversationOf, group, nextId, NOW } from './changes.js';
import { register, tally } from './people.js';

export interface ConversationsUnderTest {
  directory: ConversationDirectory;
  outbox: Outbox;
  users: UserDirectory;
}

const NOBODY = '17';
const BEYOND_SNOWFLAKES = '9999999999999999999';
const refused = (code: string) => ({ decision: 'refused', code });

/** What every conversation directory does. `open` gives an empty one with its outbox. */
export function conversationDirectoryContract(name: string, open: () => Promise<ConversationsUnderTest>): void {
  describe(`${name} as a conversation directory`, () => {
    let directory: ConversationDirectory;
    let outbox: Outbox;
    let alice: string;
    let bob: string;
    let carol: string;
    let dave: string;

    beforeEach(async () => {
      const store = await open();
      ({ directory, outbox } = store);
      [alice, bob, carol, dave] = (await register(store.users, 4)) as [string, string, string, string];
    });

    const add = (actorId: string, conversationId: string, userId: string, memberLimit = 256) =>
      directory.addMember({ ...change(actorId, { conversationId }), userId, memberLimit });
    const remove = (actorId: string, conversationId: string, userId: string) =>
      directory.removeMember({ ...change(actorId, { conversationId }), userId });
    const rename = (actorId: string, conversationId: string, title: string) =>
      directory.rename({ ...change(actorId, { conversationId }), title });
    const setRole = (actorId: string, conversationId: string, userId: string, role: Role) => {
      const stepBackId = nextId();
      return directory.setRole({ ...change(actorId, { conversationId }), userId, role, stepBackId });
    };
    const deleteGroup = (actorId: string, conversationId: string) =>
      directory.deleteGroup(change(actorId, { conversationId }));
    const openDirect = (actorId: string, peerId: string) => directory.openDirect({ ...change(actorId), peerId });
    const versions = async (): Promise<number[]> => (await outbox.unpublished(1_000)).map((row) => row.version);
    const roles = async (conversationId: string): Promise<Record<string, string>> =>
      Object.fromEntries(
        (await directory.members(conversationId, { limit: 100 })).map(({ user_id, role }) => [user_id, role]),
      );

    describe('a direct conversation', () => {
      it('is created with both users as members and a row in the outbox', async () => {
        const ids = change(bob);
        expect(await directory.openDirect({ ...ids, peerId: alice })).toEqual({
          decision: 'changed',
          change: { conversation_id: ids.conversationId, message_id: ids.messageId },
        });
        expect(await directory.find(ids.conversationId)).toEqual({
          conversation_id: ids.conversationId,
          kind: 'direct',
          title: null,
          user_ids: [alice, bob],
          member_count: 2,
          created_at: NOW,
        });
        expect(await roles(ids.conversationId)).toEqual({ [alice]: 'member', [bob]: 'member' });
        expect(await versions()).toEqual([1]);
      });

      it('is the same from either side', async () => {
        const conversation_id = conversationOf(await openDirect(alice, bob));
        expect(await openDirect(alice, bob)).toEqual({ decision: 'unchanged', conversation_id });
        expect(await openDirect(bob, alice)).toEqual({ decision: 'unchanged', conversation_id });
        expect(conversationOf(await openDirect(alice, carol))).not.toBe(conversation_id);
        expect(await versions()).toEqual([1, 1]);
      });

      it('is created once when both sides open it twenty times at once', async () => {
        const decisions = await Promise.all(
          Array.from({ length: 20 }, (_, index) => (index % 2 ? openDirect(alice, bob) : openDirect(bob, alice))),
        );
        expect(tally(decisions.map((one) => one.decision))).toEqual({ changed: 1, unchanged: 19 });
        expect(new Set(decisions.map(conversationOf)).size).toBe(1);
        expect(await versions()).toEqual([1]);
      });

      it('is refused with oneself and with a user who does not exist', async () => {
        expect(await openDirect(alice, alice)).toEqual(refused('conflict'));
        expect(await openDirect(alice, NOBODY)).toEqual(refused('not_found'));
        expect(await openDirect(alice, BEYOND_SNOWFLAKES)).toEqual(refused('not_found'));
        expect(await versions()).toEqual([]);
      });

      it('cannot be changed like a group', async () => {
        const direct = conversationOf(await openDirect(alice, bob));
        expect(await add(alice, direct, carol)).toEqual(refused('not_found'));
        expect(await remove(alice, direct, alice)).toEqual(refused('not_found'));
        expect(await rename(alice, direct, 'Us')).toEqual(refused('not_found'));
      });
    });

    describe('a group', () => {
      it('is created with the actor as its owner', async () => {
        const ids = change(alice);
        await directory.createGroup({ ...ids, title: 'Climbers', memberIds: [bob, carol, bob, alice] });
        expect(await roles(ids.conversationId)).toEqual({ [alice]: 'owner', [bob]: 'member', [carol]: 'member' });
        expect(await directory.find(ids.conversationId)).toEqual({
          conversation_id: ids.conversationId,
          kind: 'group',
          title: 'Climbers',
          user_ids: null,
          member_count: 3,
          created_at: NOW,
        });
      });

      it('is not created with a member who does not exist', async () => {
        const ids = change(alice);
        for (const stranger of [NOBODY, BEYOND_SNOWFLAKES]) {
          const attempt = { ...ids, title: 'Climbers', memberIds: [bob, stranger] };
          expect(await directory.createGroup(attempt)).toEqual(refused('not_found'));
        }
        expect(await directory.find(ids.conversationId)).toBeNull();
        expect(await versions()).toEqual([]);
      });

      it('lets its owner add members, each once', async () => {
        const id = await group(directory, alice, [bob]);
        expect(await add(alice, id, carol)).toMatchObject({ decision: 'changed' });
        expect(await add(alice, id, carol)).toEqual({ decision: 'unchanged', conversation_id: id });
        expect(await add(alice, id, NOBODY)).toEqual(refused('not_found'));
        expect(await roles(id)).toEqual({ [alice]: 'owner', [bob]: 'member', [carol]: 'member' });
        expect(await directory.find(id)).toMatchObject({ member_count: 3 });
        expect(await versions()).toEqual([1, 2]);
      });

      it('takes no more members than the limit, also when they are added at once', async () => {
        const id = await group(directory, alice, [bob]);
        const decisions = await Promise.all([carol, dave].map((userId) => add(alice, id, userId, 3)));
        expect(tally(decisions.map((one) => (one.decision === 'refused' ? one.code : one.decision)))).toEqual({
          changed: 1,
          conflict: 1,
        });
        expect(await directory.find(id)).toMatchObject({ member_count: 3 });
      });

      it('lets its owner remove anybody who is a member', async () => {
        const id = await group(directory, alice, [bob, carol]);
        expect(await remove(alice, id, bob)).toMatchObject({ decision: 'changed' });
        expect(await remove(alice, id, bob)).toEqual(refused('not_found'));
        expect(await directory.roleOf(id, bob)).toBeNull();
        expect(await directory.find(id)).toMatchObject({ member_count: 2 });
      });

      it('lets a member leave, and the owner only when nobody else is left', async () => {
        const id = await group(directory, alice, [bob]);
        expect(await remove(alice, id, alice)).toEqual(refused('conflict'));
        expect(await remove(bob, id, bob)).toMatchObject({ decision: 'changed' });
        expect(await remove(alice, id, alice)).toMatchObject({ decision: 'changed' });
        expect(await roles(id)).toEqual({});
      });

      it('takes back somebody who left, as a member who joined then', async () => {
        const id = await group(directory, alice, [bob]);
        await remove(bob, id, bob);
        await directory.addMember({
          ...change(alice, { conversationId: id, now: NOW + 60_000 }),
          userId: bob,
          memberLimit: 256,
        });
        expect(await directory.members(id, { limit: 10 })).toContainEqual({
          user_id: bob,
          role: 'member',
          joined_at: NOW + 60_000,
        });
      });

      it('is renamed by its owner; the title that it has changes nothing', async () => {
        const id = await group(directory, alice, [bob], 'Climbers');
        expect(await rename(alice, id, 'Hikers')).toMatchObject({ decision: 'changed' });
        expect(await rename(alice, id, 'Hikers')).toEqual({ decision: 'unchanged', conversation_id: id });
        expect(await directory.find(id)).toMatchObject({ title: 'Hikers' });
      });

      it('lets its owner make admins, who then add, rename and remove plain members', async () => {
        const id = await group(directory, alice, [bob, carol]);
        expect(await setRole(alice, id, bob, 'admin')).toMatchObject({ decision: 'changed' });
        expect(await setRole(alice, id, bob, 'admin')).toEqual({ decision: 'unchanged', conversation_id: id });
        expect(await directory.roleOf(id, bob)).toBe('admin');
        expect(await add(bob, id, dave)).toMatchObject({ decision: 'changed' });
        expect(await rename(bob, id, 'Hikers')).toMatchObject({ decision: 'changed' });
        expect(await remove(bob, id, carol)).toMatchObject({ decision: 'changed' });
        expect(await remove(bob, id, alice)).toEqual(refused('forbidden'));
        expect(await setRole(bob, id, dave, 'admin')).toEqual(refused('forbidden'));
        expect(await setRole(alice, id, carol, 'admin')).toEqual(refused('not_found'));
        expect(await versions()).toEqual([1, 2, 3, 4, 5]);
      });

      it('is joined with a role at once where its owner says so, but not as its owner', async () => {
        const id = await group(directory, alice, []);
        const ids = { ...change(alice, { conversationId: id }), memberLimit: 256 };
        expect(await directory.addMember({ ...ids, userId: bob, role: 'owner' })).toEqual(refused('conflict'));
        expect(await directory.addMember({ ...ids, userId: bob, role: 'admin' })).toMatchObject({
          decision: 'changed',
        });
        const byAdmin = { ...change(bob, { conversationId: id }), memberLimit: 256 };
        expect(await directory.addMember({ ...byAdmin, userId: carol, role: 'admin' })).toEqual(refused('forbidden'));
        expect(await roles(id)).toEqual({ [alice]: 'owner', [bob]: 'admin' });
      });

      it('is handed over in two changes, the former owner steps back to admin first', async () => {
        const id = await group(directory, alice, [bob]);
        expect(await setRole(alice, id, alice, 'admin')).toEqual(refused('conflict'));
        const ids = change(alice, { conversationId: id });
        const decision = await directory.setRole({ ...ids, userId: bob, role: 'owner', stepBackId: nextId() });
        expect(decision).toEqual({
          decision: 'changed',
          change: { conversation_id: id, message_id: ids.messageId },
        });
        expect(await roles(id)).toEqual({ [alice]: 'admin', [bob]: 'owner' });
        const [, first, second] = await outbox.unpublished(10);
        expect(first).toMatchObject({ version: 2, change: 'role_changed', user_id: alice, role: 'admin' });
        expect(second).toMatchObject({ version: 3, user_id: bob, role: 'owner', message_id: ids.messageId });
        expect(await remove(alice, id, alice)).toMatchObject({ decision: 'changed' });
      });

      it('has one owner, also when it is handed over to two at once', async () => {
        const id = await group(directory, alice, [bob, carol]);
        const decisions = await Promise.all([bob, carol].map((userId) => setRole(alice, id, userId, 'owner')));
        expect(tally(decisions.map((one) => (one.decision === 'refused' ? one.code : one.decision)))).toEqual({
          changed: 1,
          forbidden: 1,
        });
        expect(Object.values(await roles(id)).toSorted()).toEqual(['admin', 'member', 'owner']);
        expect(await versions()).toEqual([1, 2, 3]);
      });

      it('is deleted by its owner, and has neither members nor changes afterwards', async () => {
        const id = await group(directory, alice, [bob]);
        await setRole(alice, id, bob, 'admin');
        expect(await deleteGroup(bob, id)).toEqual(refused('forbidden'));
        expect(await deleteGroup(dave, id)).toEqual(refused('not_found'));
        expect(await deleteGroup(alice, id)).toMatchObject({ decision: 'changed' });
        expect(await roles(id)).toEqual({});
        expect((await outbox.unpublished(10)).at(-1)).toMatchObject({ version: 3, change: 'deleted', actor_id: alice });
        expect(await deleteGroup(alice, id)).toEqual(refused('not_found'));
        expect(await add(alice, id, carol)).toEqual(refused('not_found'));
        expect(await rename(alice, id, 'Back')).toEqual(refused('not_found'));
        expect(await versions()).toEqual([1, 2, 3]);
      });

      it('forbids its members what is for the owner', async () => {
        const id = await group(directory, alice, [bob, carol]);
        expect(await add(bob, id, dave)).toEqual(refused('forbidden'));
        expect(await remove(bob, id, carol)).toEqual(refused('forbidden'));
        expect(await rename(bob, id, 'Ours')).toEqual(refused('forbidden'));
        expect(await setRole(bob, id, bob, 'owner')).toEqual(refused('forbidden'));
        expect(await deleteGroup(bob, id)).toEqual(refused('forbidden'));
        expect(await versions()).toEqual([1]);
      });

      it('answers somebody who is not in it as if it did not exist', async () => {
        const id = await group(directory, alice, [bob]);
        const attempts = async (conversationId: string): Promise<Decision[]> => [
          await add(dave, conversationId, carol),
          await add(dave, conversationId, dave),
          await remove(dave, conversationId, bob),
          await remove(dave, conversationId, dave),
          await rename(dave, conversationId, 'Mine'),
        ];
        for (const conversationId of [id, '17', BEYOND_SNOWFLAKES]) {
          expect(await attempts(conversationId)).toEqual(Array.from({ length: 5 }, () => refused('not_found')));
        }
      });

      it('numbers simultaneous changes without a gap, and refuses what a change before it made void', async () => {
        const id = await group(directory, alice, [bob, carol]);
        const decisions = await Promise.all([
          ...Array.from({ length: 10 }, (_, index) => rename(alice, id, `Title ${index}`)),
          ...Array.from({ length: 5 }, () => remove(carol, id, carol)),
          ...Array.from({ length: 5 }, () => add(alice, id, dave)),
        ]);
        const changes = decisions.filter((one) => one.decision === 'changed').length;
        expect(changes).toBe(12);
        expect(await versions()).toEqual(Array.from({ length: 1 + changes }, (_, index) => index + 1));
        expect(await roles(id)).toEqual({ [alice]: 'owner', [bob]: 'member', [dave]: 'member' });
      });
    });

    describe('reading', () => {
      it('finds several conversations at once and leaves unknown ids out', async () => {
        const [first, second] = [await group(directory, alice, []), conversationOf(await openDirect(alice, bob))];
        const found = await directory.findMany([first, '17', second, BEYOND_SNOWFLAKES]);
        expect([...found.keys()].sort()).toEqual([first, second].sort());
        expect(found.get(second)).toEqual(await directory.find(second));
        expect(await directory.findMany([])).toEqual(new Map());
      });

      it('answers null and nothing for what is not there', async () => {
        for (const id of ['17', BEYOND_SNOWFLAKES]) {
          expect(await directory.find(id)).toBeNull();
          expect(await directory.roleOf(id, alice)).toBeNull();
          expect(await directory.members(id, { limit: 10 })).toEqual([]);
        }
        const id = await group(directory, alice, []);
        expect(await directory.roleOf(id, bob)).toBeNull();
        expect(await directory.roleOf(id, BEYOND_SNOWFLAKES)).toBeNull();
        expect(await directory.roleOf(id, alice)).toBe('owner');
      });

      it('pages through the members in the order in which they joined', async () => {
        const id = await group(directory, dave, [bob]);
        for (const [index, userId] of [carol, alice].entries()) {
          const ids = change(dave, { conversationId: id, now: NOW + index + 1 });
          await directory.addMember({ ...ids, userId, memberLimit: 256 });
        }
        const pages: MemberRecord[][] = [];
        for (let after: MemberRecord | undefined; pages.length < 5; after = pages.at(-1)!.at(-1)!) {
          const page = await directory.members(id, { limit: 2, after });
          if (page.length === 0) break;
          pages.push(page);
        }
        // bob and dave were there from the start: among equals the lower id comes first.
        expect(pages.map((page) => page.map((member) => member.user_id))).toEqual([
          [bob, dave],
          [carol, alice],
        ]);
      });
    });
  });
}
