import { beforeEach, describe, expect, it } from 'vitest';
import type { BlockDirectory } from '../block-directory.js';
import type { ContactDirectory } from '../contact-directory.js';
import type { ConversationDirectory } from '../conversation-directory.js';
import type { DeviceDirectory } from '../device-directory.js';
import type { UserDirectory } from '../user-directory.js';
import { change, conversationOf, group, NOW } from './changes.js';
import { register } from './people.js';

export interface ContactsUnderTest {
  contacts: ContactDirectory;
  directory: ConversationDirectory;
  blocks: BlockDirectory;
  devices: DeviceDirectory;
  users: UserDirectory;
}

const NOBODY = ['17', '9999999999999999999'];
const SMALL = 3;

/** What every contact directory does. `open` gives an empty one, with the directories that it tells from. */
export function contactDirectoryContract(name: string, open: () => Promise<ContactsUnderTest>): void {
  describe(`${name} as a contact directory`, () => {
    let under: ContactsUnderTest;
    let alice: string;
    let bob: string;
    let carol: string;
    let dave: string;

    beforeEach(async () => {
      under = await open();
      [alice, bob, carol, dave] = (await register(under.users, 4)) as [string, string, string, string];
    });

    const direct = async (one: string, other: string) =>
      conversationOf(await under.directory.openDirect({ ...change(one), peerId: other }));
    const remove = (conversationId: string, userId: string) =>
      under.directory.removeMember({ ...change(userId, { conversationId }), userId });
    const ids = (actorId: string, userId: string) => ({ ...change(actorId), userId });
    const contactsOf = async (userId: string, others = [alice, bob, carol, dave, ...NOBODY]) => {
      const pairs = others.filter((otherId) => otherId !== userId).map((otherId) => ({ userId, otherId }));
      return (await under.contacts.contactsAmong(pairs, SMALL)).map(({ otherId }) => otherId).sort();
    };

    it('knows those who share a conversation, from either side, and nobody else', async () => {
      await direct(alice, bob);
      await group(under.directory, carol, [alice]);
      expect(await contactsOf(alice)).toEqual([bob, carol]);
      expect(await contactsOf(bob)).toEqual([alice]);
      expect(await contactsOf(dave)).toEqual([]);
    });

    it('answers many pairs at once, repeated ones too, and none', async () => {
      await direct(alice, bob);
      const pairs = [alice, carol, bob, alice].map((userId) => ({ userId, otherId: bob }));
      const found = await under.contacts.contactsAmong(pairs, SMALL);
      expect(found.map(({ userId }) => userId).sort()).toEqual([alice, alice, bob]);
      expect(await under.contacts.contactsAmong([], SMALL)).toEqual([]);
    });

    it('makes no contacts through a group of too many, until it has shrunk', async () => {
      const id = await group(under.directory, alice, [bob, carol, dave]);
      expect(await contactsOf(alice)).toEqual([]);
      await remove(id, dave);
      expect(await contactsOf(alice)).toEqual([bob, carol]);
    });

    it('ends with the last conversation that is shared', async () => {
      const [one, other] = [await group(under.directory, alice, [bob]), await group(under.directory, alice, [bob])];
      await remove(one, bob);
      expect(await contactsOf(alice)).toEqual([bob]);
      await under.directory.deleteGroup(change(alice, { conversationId: other }));
      expect(await contactsOf(alice)).toEqual([]);
    });

    it('ends with a block from either side, whatever is shared, and comes back with its end', async () => {
      await group(under.directory, carol, [alice, bob]);
      await under.blocks.block(ids(bob, alice));
      expect([await contactsOf(alice), await contactsOf(bob)]).toEqual([[carol], [carol]]);
      await under.blocks.unblock(ids(bob, alice));
      expect(await contactsOf(alice)).toEqual([bob, carol]);
    });

    it('tells typing to the other members, and says who is none', async () => {
      const id = await group(under.directory, alice, [bob, carol]);
      expect(await under.contacts.companions(id, bob, SMALL)).toEqual([alice, carol]);
      await remove(id, bob);
      expect(await under.contacts.companions(id, bob, SMALL)).toBeNull();
      expect(await under.contacts.companions(id, alice, SMALL)).toEqual([carol]);
      for (const unknown of NOBODY) expect(await under.contacts.companions(unknown, alice, SMALL)).toBeNull();
    });

    it('tells typing to nobody in a group of too many, whose members are members all the same', async () => {
      const id = await group(under.directory, alice, [bob, carol, dave]);
      expect(await under.contacts.companions(id, alice, SMALL)).toEqual([]);
    });

    it('tells no typing across a block, in a direct conversation or in a group, where the others are told', async () => {
      const [id, common] = [await direct(alice, bob), await group(under.directory, alice, [bob, carol])];
      expect(await under.contacts.companions(id, alice, SMALL)).toEqual([bob]);
      await under.blocks.block(ids(bob, alice));
      for (const one of [alice, bob]) expect(await under.contacts.companions(id, one, SMALL)).toEqual([]);
      for (const one of [alice, bob]) expect(await under.contacts.companions(common, one, SMALL)).toEqual([carol]);
    });

    it('knows when any device of a user connected last', async () => {
      const connect = (userId: string, deviceId: string, now: number) =>
        under.devices.connect({ userId, deviceId, now, limit: 9, expiryMs: 1_000_000 });
      await connect(alice, 'phone', NOW + 7);
      await connect(alice, 'laptop', NOW);
      await connect(bob, 'phone', NOW);
      const known = await under.contacts.lastConnected([alice, bob, carol, ...NOBODY]);
      expect(known).toEqual(new Map([[alice, NOW + 7], [bob, NOW]])); // prettier-ignore
      expect(await under.contacts.lastConnected([])).toEqual(new Map());
    });
  });
}
