import { KafkaSettings } from '@parley/config';
import { TestUser, type ChatClient, type Random } from '@parley/harness';
import { partitionOf } from '@parley/message-log';

const USERS = 20;
const GROUPS = 4;
/** In each group: the owner and so many others stay, and as many again come and go. */
const STEADY = 4;
const READY_WITHIN_MS = 30_000;
/** Of the log, unless the environment of the apps says otherwise. */
const PARTITIONS = new KafkaSettings().KAFKA_TOPIC_PARTITIONS;

/** One device of a person. */
export interface Device {
  /** The person's number and what the person calls it. */
  name: string;
  user: TestUser;
  client: ChatClient;
  /** Off the network by its own will, until it comes back. */
  away: boolean;
}

/** A conversation of the load. */
export interface Place {
  conversationId: string;
  partition: number;
  /** The first one is in it from the first entry to the last, and so are all who do not float. */
  members: TestUser[];
  /** Who comes and goes; also among the members. Empty in direct conversations. */
  floating: TestUser[];
}

/** Users with their devices, all connected before there is a conversation: each device is owed every entry. */
export interface People {
  users: readonly TestUser[];
  /** Phones and laptops send. */
  senders: readonly Device[];
  /** Tablets are away for most of the time. */
  tablets: readonly Device[];
  places: readonly Place[];
}

/** Registers and connects everybody, and opens groups and direct conversations until every partition has one. */
export async function gather(url: string, random: Random): Promise<People> {
  const users = await Promise.all(
    Array.from({ length: USERS }, (_, index) => TestUser.register(url, `person${index}`)),
  );
  const deviceOf = (name: string) => (user: TestUser, index: number) => ({
    name: `${index}-${name}`,
    user,
    client: user.device(name, { reportsPositions: name === 'phone' }),
    away: false,
  });
  const senders = [...users.map(deviceOf('phone')), ...users.map(deviceOf('laptop'))];
  const tablets = users.filter((_, index) => index % 3 === 0).map(deviceOf('tablet'));
  await Promise.all([...senders, ...tablets].map(({ client }) => client.connect().synced(READY_WITHIN_MS)));
  const places: Place[] = [];
  for (let group = 0; group < GROUPS; group++) places.push(await openGroup(random.shuffled(users)));
  for (const [one, other] of random.shuffled(pairsOf(users))) {
    if (new Set(places.map(({ partition }) => partition)).size === PARTITIONS) break;
    places.push(await openDirect(one, other));
  }
  return { users, senders, tablets, places };
}

/** The partitions in which the load has a conversation: all there are. */
export function partitionsOf({ places }: Pick<People, 'places'>): number[] {
  return [...new Set(places.map(({ partition }) => partition))];
}

async function openGroup(shuffled: readonly TestUser[]): Promise<Place> {
  const members = shuffled.slice(0, 1 + 2 * STEADY);
  const [owner, ...others] = members;
  const ids = others.map(({ userId }) => userId);
  const { conversation_id } = await owner.api.createGroup('Under load', ids);
  return placeOf(conversation_id, members, members.slice(1 + STEADY));
}

async function openDirect(one: TestUser, other: TestUser): Promise<Place> {
  const { conversation_id } = await one.api.direct(other.userId);
  return placeOf(conversation_id, [one, other], []);
}

function placeOf(conversationId: string, members: TestUser[], floating: TestUser[]): Place {
  return { conversationId, partition: partitionOf(conversationId, PARTITIONS), members, floating };
}

function pairsOf(users: readonly TestUser[]): [TestUser, TestUser][] {
  return users.flatMap((one, index) => users.slice(index + 1).map((other): [TestUser, TestUser] => [one, other]));
}
