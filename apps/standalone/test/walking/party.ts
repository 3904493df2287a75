import type { ChatClient, TestUser } from '@parley/harness';
import type { ServerUnderTest } from '../server-under-test.js';

/** A device of somebody on the walk. */
export interface Walker {
  name: string;
  user: TestUser;
  client: ChatClient;
}

/** Five people with two devices each, all connected before there is a conversation: each is owed every entry. */
export interface Party {
  people: readonly TestUser[];
  walkers: readonly Walker[];
  /** Between the first two, who block each other now and then. */
  direct: string;
  /** Nobody comes or goes; the first one is the owner. */
  steady: string;
  /** The last two come and go. */
  floating: string;
}

const NAMES = ['alice', 'bob', 'carol', 'dave', 'erin'];

export async function gather(server: ServerUnderTest): Promise<Party> {
  const people = await server.users(...NAMES);
  const walkers = people.flatMap((user, index) =>
    ['phone', 'laptop'].map((device) => ({
      name: `${NAMES[index]}'s ${device}`,
      user,
      client: user.device(device, { reportsPositions: device === 'phone' }),
    })),
  );
  await Promise.all(walkers.map(({ client }) => client.connect().synced()));
  const [alice, ...others] = people;
  const ids = others.map(({ userId }) => userId);
  const direct = await alice.api.direct(ids[0]);
  const steady = await alice.api.createGroup('Steady', ids);
  const floating = await alice.api.createGroup('Floating', ids);
  return {
    people,
    walkers,
    direct: direct.conversation_id,
    steady: steady.conversation_id,
    floating: floating.conversation_id,
  };
}

/** Where somebody is, as far as the somebody may know. */
export function placesOf(party: Party, user: TestUser): string[] {
  const isInDirect = party.people.indexOf(user) < 2;
  return [...(isInDirect ? [party.direct] : []), party.steady, party.floating];
}
