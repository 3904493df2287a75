import type { EntryView, Verdict } from '@parley/contracts';
import type { LinkFrame, Push } from '@parley/gateway-link';
import type { ConversationRow, ConversationStore } from '@parley/message-store';
import { firstDifference } from './compare.js';
import { placeOf, type Expected } from './uninterrupted-run.js';

/**
 * Watches a run with faults while it happens: what routers, dead and stale ones included, tell gateways, and what the heads
 * in the store claim. It looks at the store itself, not through anybody's eyes.
 */
export class Witness {
  readonly faults: string[] = [];
  readonly counts = { pushes: 0, verdicts: 0 };
  /** By conversation: up to here no row is missing. Rows do not go away again. */
  private readonly denseUpTo = new Map<string, number>();

  constructor(
    private readonly expected: Expected,
    private readonly conversations: ConversationStore,
  ) {}

  fault(what: string): void {
    this.faults.push(what);
  }

  /** Called at the moment when a router sends; the store is read at once, before anybody else's next step. */
  async sees({ pushes, verdicts }: LinkFrame): Promise<void> {
    this.counts.pushes += pushes.length;
    this.counts.verdicts += verdicts.length;
    for (const push of pushes) this.seesPush(push);
    for (const verdict of verdicts) this.seesVerdict(verdict);
    await Promise.all([
      ...pushes.map(({ entry }) => this.mustBeVisible(entry, 'pushed')),
      ...verdicts.map(({ conversation_id, outcome }) =>
        outcome.accepted ? this.mustBeVisible({ conversation_id, ...outcome }, 'accepted') : null,
      ),
    ]);
  }

  /** Every row up to the head must be stored, and what came with it. */
  async seesHead(conversationId: string): Promise<void> {
    const head = await this.conversations.readHead(conversationId);
    const from = (this.denseUpTo.get(conversationId) ?? 0) + 1;
    if (head < from) return;
    const range = { from, to: head, limit: head, order: 'ascending' } as const;
    const rows = await this.conversations.readEntries(conversationId, range);
    if (rows.length !== head - from + 1) {
      this.fault(`the head of ${conversationId} is ${head}, of the entries from ${from} on ${rows.length} are stored`);
    } else this.denseUpTo.set(conversationId, head);
    const keys = rows.flatMap(({ sender_id, client_msg_id }) => (client_msg_id ? [{ sender_id, client_msg_id }] : []));
    const found = await this.conversations.readDeduplication(conversationId, keys);
    if (found.length !== keys.length)
      this.fault(`the head of ${conversationId} is ${head}, a key below it is not stored`);
  }

  private seesPush({ entry, session_ids }: Push): void {
    const expected = this.expected.entries.get(placeOf(entry.conversation_id, entry.seq));
    const difference = firstDifference(
      expected?.view,
      entry,
      `the push of ${placeOf(entry.conversation_id, entry.seq)}`,
    );
    if (difference) this.fault(difference);
    // Session ids begin with their user's.
    const stranger = session_ids.find((id) => !expected?.userIds.has(id.split('/')[0] ?? ''));
    if (stranger)
      this.fault(`${placeOf(entry.conversation_id, entry.seq)} was pushed to ${stranger}, who may not see it`);
  }

  private seesVerdict({ message_id, outcome }: Verdict): void {
    const expected = this.expected.verdicts.get(message_id) ?? [];
    const found = JSON.stringify(outcome);
    if (!expected.includes(found)) {
      this.fault(`the verdict on ${message_id} was ${found} and should be ${expected.join(' or ')}`);
    }
  }

  private async mustBeVisible(
    { conversation_id, seq, message_id }: Pick<EntryView, 'conversation_id' | 'seq' | 'message_id'>,
    told: string,
  ): Promise<void> {
    const range = { from: seq, to: seq, limit: 1, order: 'ascending' } as const;
    const [head, [row]] = await Promise.all([
      this.conversations.readHead(conversation_id),
      this.conversations.readEntries(conversation_id, range),
    ]);
    if (head >= seq && row?.message_id === message_id) return;
    const place = placeOf(conversation_id, seq);
    this.fault(`${place} was ${told} as ${message_id}; the head was ${head}, the row that of ${row?.message_id}`);
  }
}

/** Where the rows of a run arrive: whenever a head is written, the witness looks below it. */
export class WitnessedRows {
  constructor(
    private readonly store: ConversationStore,
    private readonly witness: Witness,
  ) {}

  async write(rows: readonly ConversationRow[]): Promise<void> {
    await this.store.write(rows);
    const moved = rows.flatMap((row) => (row.row === 'head' ? [row.conversation_id] : []));
    await Promise.all([...new Set(moved)].map((conversationId) => this.witness.seesHead(conversationId)));
  }
}
