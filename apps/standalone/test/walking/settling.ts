import type { EntryView } from '@parley/contracts';
import { membersIn, observedDevice, observedEntry, observedInbox, type Observations } from '@parley/harness';
import { newestStates, pictureOf, type Picture } from '../pictures.js';
import type { Ledger } from './ledger.js';
import type { Party, Walker } from './party.js';
import type { Walk } from './walk.js';

const SYNC_WITHIN_MS = 15_000;
/** Inboxes and unread counts follow within 2 s. */
const INBOX_WITHIN_MS = 2_000;

/** What a walk left behind: the whole histories, as alice sees them, and everything for the checker. */
export interface Settled {
  histories: ReadonlyMap<string, EntryView[]>;
  observations: Observations;
}

/** Every device comes back once more and has its time to show what it is owed; then everything is read. */
export async function settle(party: Party, walks: readonly Walk[], { sends }: Ledger): Promise<Settled> {
  const { people, walkers, direct, steady, floating } = party;
  for (const { client } of walkers) client.disconnect();
  for (const { client } of walkers) client.connect();
  await Promise.all(walkers.map(({ client }) => client.synced(SYNC_WITHIN_MS)));
  const histories = new Map<string, EntryView[]>();
  for (const id of [direct, steady, floating]) histories.set(id, await people[0].api.wholeHistory(id));
  const conversations = [...histories].map(([conversation, entries]) => ({
    conversation,
    history: entries.map(observedEntry),
    members: membersIn(entries),
  }));
  const ends = conversations.flatMap(({ conversation, history, members }) =>
    members.map(({ user, to }) => ({ conversation, user, seq: to ?? history.length })),
  );
  // What does not come is what the checker finds missing.
  await Promise.allSettled(
    walkers.flatMap(({ client, user }) =>
      ends
        .filter((end) => end.user === user.userId)
        .map(({ conversation, seq }) => client.untilShown(conversation, seq, SYNC_WITHIN_MS)),
    ),
  );
  await new Promise((resolve) => setTimeout(resolve, INBOX_WITHIN_MS));
  const inboxes = await Promise.all(
    people.map(async ({ userId, api }) => observedInbox(userId, (await api.inbox({ limit: 200 })).items, true)),
  );
  const devices = walkers.map(({ client, user, name }) =>
    observedDevice(client, { user: user.userId, device: name, since: {} }),
  );
  const reads = walks.flatMap((walk) => walk.reads);
  return {
    histories,
    observations: {
      sends,
      devices,
      conversations,
      reads,
      inboxes: [...walks.flatMap((walk) => walk.inboxes), ...inboxes],
    },
  };
}

/** What a device shows of a conversation, and what a device that just read the history would. */
export function picturesOf({ client }: Walker, id: string, history: readonly EntryView[]): [Picture, Picture] {
  return [pictureOf(client.timeline.of(id)), newestStates(history)];
}
