import { TestUser } from '@parley/harness';
import type { Names } from './values/schema-values.js';

/** Devices that the attackers' sessions stand on. */
export const DEVICES = ['evil-0', 'evil-1', 'evil-2'];
const ATTACKERS = 4;

/** People, conversations and messages that exist, so that what is thrown at the server can be about them. */
export interface World {
  /** Whose tokens are used; they may do to each other whatever they like. */
  attackers: readonly TestUser[];
  /** alice and bob, who only want to chat, in `kept`: a direct conversation, and a group that alice owns. */
  bystanders: readonly [TestUser, TestUser];
  kept: readonly [direct: string, group: string];
  names: Names;
}

/** Made anew for each part of a round: what a seed does must not depend on what was done before. */
export async function makeWorld(url: string): Promise<World> {
  const names = ['alice', 'bob', 'doomed', ...Array.from({ length: ATTACKERS }, (_, index) => `mallory${index}`)];
  const [alice, bob, doomed, ...attackers] = await Promise.all(names.map((name) => TestUser.register(url, name)));
  const ids = attackers.map(({ userId }) => userId);
  const direct = await alice.api.direct(bob.userId);
  const group = await alice.api.createGroup('Shared', [bob.userId, ...ids]);
  const owns = await attackers[0].api.createGroup('Theirs', [...ids.slice(1), doomed.userId]);
  const other = await attackers[1].api.createGroup('Also theirs', ids.slice(2));
  const theirs = await attackers[0].api.direct(attackers[1].userId);
  const conversations = [owns, other, theirs, group].map(({ conversation_id }) => conversation_id);
  const messages = await Promise.all(
    conversations.map((id, index) => attackers[index % 2].api.send(id, { type: 'text', text: 'something to talk of' })),
  );
  const everybody = [alice, bob, doomed, ...attackers];
  return {
    attackers,
    bystanders: [alice, bob],
    kept: [direct.conversation_id, group.conversation_id],
    names: {
      user: everybody.map(({ userId }) => userId),
      conversation: [...conversations, direct.conversation_id],
      message: messages.map(({ message_id }) => message_id),
      device: DEVICES,
      handle: everybody.map(({ handle }) => handle),
      // Of somebody whose being signed out does not end the attack.
      token: [doomed.api.refreshToken, doomed.api.accessToken],
    },
  };
}
