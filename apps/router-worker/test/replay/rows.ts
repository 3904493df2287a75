import type { BlockChangeRow, DeduplicationRow, InboxRow, Membership, StoredEntry } from '@parley/message-store';
import type { RowStores } from './engines.js';
import type { GeneratedLog } from './generator.js';
import type { WrittenLog } from './written-log.js';

/** Above a head no row may stand when everything is finished; so far up is looked. */
const ABOVE_HEAD = 1_000;

/** Everything that the stores show about one log. */
export interface Rows {
  conversations: Record<string, ConversationRows>;
  inboxes: Record<string, InboxRow[]>;
  /** Offsets, by partition. */
  quarantined: number[][];
}

interface ConversationRows {
  head: number;
  entries: StoredEntry[];
  memberships: Membership[];
  blockChanges: BlockChangeRow[];
  deduplication: DeduplicationRow[];
  seqs: Record<string, number>;
}

export async function readRows(stores: RowStores, log: GeneratedLog, written: WrittenLog): Promise<Rows> {
  const rows: Rows = { conversations: {}, inboxes: {}, quarantined: [] };
  for (const id of log.conversationIds) rows.conversations[id] = await readConversation(stores, id, log);
  for (const userId of log.userIds) rows.inboxes[userId] = await stores.inbox.readInbox(userId);
  for (const [partition, end] of written.ends.entries()) {
    const last = { epoch: 0, offset: end };
    const places = await stores.quarantine.within(written.topic, partition, { epoch: 0, offset: 0 }, last);
    rows.quarantined.push(places.map(({ offset }) => offset));
  }
  return rows;
}

async function readConversation(
  { conversations }: RowStores,
  id: string,
  { keys, messageIds }: GeneratedLog,
): Promise<ConversationRows> {
  const head = await conversations.readHead(id);
  const range = { from: 1, to: head + ABOVE_HEAD, limit: head + ABOVE_HEAD, order: 'ascending' } as const;
  return {
    head,
    entries: await conversations.readEntries(id, range),
    memberships: await conversations.readMemberships(id),
    blockChanges: await conversations.readBlockChanges(id, { limit: 1_000 }),
    deduplication: await conversations.readDeduplication(id, keys),
    seqs: Object.fromEntries(await conversations.readSeqs(id, messageIds)),
  };
}
