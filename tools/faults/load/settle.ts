import { ERRORS } from '@parley/contracts';
import {
  ApiError,
  membersIn,
  monotonicMs,
  observedDevice,
  observedEntry,
  observedInbox,
  observedSends,
  type Kills,
  type Observations,
  type TestUser,
} from '@parley/harness';
import type { Life } from './life.js';
import type { Device, People, Place } from './people.js';

const SYNC_WITHIN_MS = 30_000;
/** An acknowledgement that was answered so long before a gateway died is durable. */
const DURABLE_AFTER_MS = 200;
const ANSWER_WITHIN_MS = 60_000;
const PAGE = 200;
/** Inbox and unread counts follow within 2 s. */
const INBOX_WITHIN_MS = 2_000;

/**
 * The end of a run: every device comes back once more, every history is read, and each device has the time it takes to
 * show what it is owed. Sending must be over. `doubtful`: when answered acknowledgements need not have been durable.
 */
export async function settle(people: People, life: Life, doubtful: Kills['doubtful']): Promise<Observations> {
  const devices = [...people.senders, ...people.tablets];
  for (const { client } of devices) {
    client.disconnect();
    client.connect();
  }
  // What does not come is what the checker finds missing.
  await Promise.allSettled(devices.map(({ client }) => client.synced(SYNC_WITHIN_MS)));
  const endedAt = monotonicMs();
  const conversations: Observations['conversations'] = [];
  for (const place of people.places) conversations.push(await observedConversation(place));
  await Promise.allSettled(
    devices.flatMap((device) => conversations.map((conversation) => untilAllShown(device, conversation))),
  );
  await until(endedAt + INBOX_WITHIN_MS);
  const inboxes: Observations['inboxes'] = [];
  for (const user of people.users) inboxes.push(await settledInbox(user));
  const kills: Kills = { at: [], durableAfterMs: DURABLE_AFTER_MS, doubtful };
  return {
    sends: people.senders.flatMap(({ client, user, name }) => observedSends(client, user.userId, name)),
    devices: devices.map(({ client, user, name }) =>
      observedDevice(client, { user: user.userId, device: name, since: {} }, kills),
    ),
    conversations,
    reads: life.reads,
    inboxes: [...life.inboxes, ...inboxes],
  };
}

/** The owner of a group, and either side of a direct conversation, sees all of it. */
async function observedConversation({
  conversationId,
  members,
}: Place): Promise<Observations['conversations'][number]> {
  const entries = await patiently(() => members[0].api.wholeHistory(conversationId));
  return { conversation: conversationId, history: entries.map(observedEntry), members: membersIn(entries) };
}

async function untilAllShown(
  { client, user }: Device,
  { conversation, history, members }: Observations['conversations'][number],
): Promise<void> {
  const own = members.filter((member) => member.user === user.userId);
  const head = history.at(-1)?.seq ?? 0;
  const last = own.reduce((highest, { to }) => Math.max(highest, to ?? head), 0);
  if (last > 0) await client.untilShown(conversation, last, SYNC_WITHIN_MS);
}

async function settledInbox({ api, userId }: TestUser): Promise<Observations['inboxes'][number]> {
  const { items } = await patiently(() => api.inbox({ limit: PAGE }));
  return observedInbox(userId, items, true);
}

/** Again after a second, where the API says that it may help. */
async function patiently<T>(ask: () => Promise<T>): Promise<T> {
  const deadline = monotonicMs() + ANSWER_WITHIN_MS;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      const mayHelp = error instanceof ApiError && ERRORS[error.problem.code]?.retryable;
      if (!mayHelp || monotonicMs() > deadline) throw error;
      await until(monotonicMs() + 1_000);
    }
  }
}

function until(moment: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, moment - monotonicMs())));
}
