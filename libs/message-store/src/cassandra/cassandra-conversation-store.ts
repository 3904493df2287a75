import { Injectable } from '@nestjs/common';
import { limits } from '@parley/contracts';
import type { types } from 'cassandra-driver';
import {
  ConversationStore,
  type BlockChangePage,
  type DeduplicationKey,
  type EntryRange,
} from '../conversation-store.js';
import type { BareEntry } from '../reactions-of-entries.js';
import type { BlockChangeRow, ConversationRow, DeduplicationRow, Membership, StoredEntry } from '../rows.js';
import { CassandraReactions } from './cassandra-reactions.js';
import { CassandraSession } from './cassandra-session.js';
import {
  showBlockChange,
  showDeduplication,
  showEntry,
  showMembership,
  type BlockChangeColumns,
  type DeduplicationColumns,
  type EntryColumns,
  type MembershipColumns,
} from './conversation-columns.js';
import { writesOf } from './conversation-writes.js';
import { chunksOf, inParallel } from './in-parallel.js';
import { bucketOf, firstSeqOf, lastSeqOf, periodOf, submissionOf } from './partition-keys.js';

/** An `IN` keeps its coordinator busy with as many reads. */
const KEYS_PER_READ = 100;
const READS_AT_ONCE = 16;
/** Bounds an answer to some megabytes, whatever the entries weigh. */
const ROWS_PER_READ = 500;
/** What a router has in flight lies above the head, and is less than this. */
const FARTHEST_ABOVE_HEAD = limits.BUCKET_SIZE;

const ENTRIES = `SELECT conversation_id, seq, epoch, log_offset, message_id, kind, sender_id, client_msg_id, sent_at, n,
  version, last_message_seq, last_activity_at, body, content, edited_at, edited_seq, deleted_at, deleted_seq
  FROM conversation_entries WHERE conversation_id = ? AND bucket = ? AND seq >= ? AND seq <= ?`;
const DESCENDING = `${ENTRIES} LIMIT ?`;
const ASCENDING = `${ENTRIES} ORDER BY seq ASC LIMIT ?`;
const HEAD = 'SELECT last_seq FROM heads WHERE conversation_id = ?';
const MEMBERSHIPS = 'SELECT user_id, from_seq, role, to_seq, end_by_seq FROM memberships WHERE conversation_id = ?';
const MEMBERSHIPS_OF = `${MEMBERSHIPS} AND user_id = ?`;
const BLOCK_CHANGES = `SELECT version, epoch, log_offset, is_blocked FROM block_changes
  WHERE conversation_id = ? AND version < ? LIMIT ?`;
const DEDUPLICATION = `SELECT submission, epoch, log_offset, message_id, seq, sent_at, digest FROM deduplication
  WHERE conversation_id = ? AND submission IN ?`;
const SEQS = 'SELECT message_id, seq FROM entry_ids WHERE conversation_id = ? AND period = ? AND message_id IN ?';

/** The ConversationStore in a ring. De-duplication rows expire a week after `limits.DEDUPLICATION_MS`. */
@Injectable()
export class CassandraConversationStore extends ConversationStore {
  private readonly reactions: CassandraReactions;

  constructor(private readonly session: CassandraSession) {
    super();
    this.reactions = new CassandraReactions(session);
  }

  async write(rows: readonly ConversationRow[]): Promise<void> {
    await this.session.write('write conversation rows', rows.flatMap(writesOf));
  }

  async readHead(conversationId: string): Promise<number> {
    const [head] = await this.session.read<{ last_seq: types.Long }>('read a head', HEAD, [conversationId]);
    return head?.last_seq.toNumber() ?? 0;
  }

  async readEntries(conversationId: string, range: EntryRange): Promise<StoredEntry[]> {
    const isAscending = range.order === 'ascending';
    const found: BareEntry[] = [];
    let low = Math.max(1, range.from);
    let high = await this.highestSeq(conversationId, low, range.to);
    while (found.length < range.limit && low <= high) {
      const bucket = bucketOf(isAscending ? low : high);
      const from = Math.max(low, firstSeqOf(bucket));
      const to = Math.min(high, lastSeqOf(bucket));
      // Rows of which only patches have arrived are not shown and do not count: usually one round.
      const wanted = Math.min(range.limit - found.length, ROWS_PER_READ);
      const query = isAscending ? ASCENDING : DESCENDING;
      const params = [conversationId, bucket, from, to, wanted];
      const rows = await this.session.read<EntryColumns>('read entries', query, params);
      found.push(...rows.map(showEntry).filter((entry) => entry !== null));
      const last = rows.length < wanted ? undefined : rows.at(-1)?.seq.toNumber();
      if (isAscending) low = (last ?? to) + 1;
      else high = (last ?? from) - 1;
    }
    return this.reactions.putInto(conversationId, found);
  }

  async readMemberships(conversationId: string): Promise<Membership[]> {
    const rows = await this.session.read<MembershipColumns>('read memberships', MEMBERSHIPS, [conversationId]);
    return rows.map(showMembership).filter((membership) => membership !== null);
  }

  async readMembershipsOf(conversationId: string, userId: string): Promise<Membership[]> {
    const key = [conversationId, userId];
    const rows = await this.session.read<MembershipColumns>("read a user's memberships", MEMBERSHIPS_OF, key);
    return rows.map(showMembership).filter((membership) => membership !== null);
  }

  async readBlockChanges(conversationId: string, { below, limit }: BlockChangePage): Promise<BlockChangeRow[]> {
    const params = [conversationId, below ?? Number.MAX_SAFE_INTEGER, limit];
    const rows = await this.session.read<BlockChangeColumns>('read block changes', BLOCK_CHANGES, params);
    return rows.map((row) => showBlockChange(conversationId, row));
  }

  async readDeduplication(conversationId: string, keys: readonly DeduplicationKey[]): Promise<DeduplicationRow[]> {
    const wanted = new Map(keys.map((key) => [submissionOf(key), key]));
    const found = await inParallel(chunksOf([...wanted.keys()], KEYS_PER_READ), READS_AT_ONCE, (submissions) =>
      this.session.read<DeduplicationColumns>('read de-duplication', DEDUPLICATION, [conversationId, submissions]),
    );
    return found.flat().flatMap((columns) => {
      const key = wanted.get(columns.submission);
      return key ? [showDeduplication(conversationId, key, columns)] : [];
    });
  }

  async readSeqs(conversationId: string, messageIds: readonly string[]): Promise<Map<string, number>> {
    const byPeriod = new Map<number, string[]>();
    for (const messageId of messageIds) {
      const period = periodOf(messageId);
      byPeriod.set(period, [...(byPeriod.get(period) ?? []), messageId]);
    }
    const reads = [...byPeriod].flatMap(([period, ids]) =>
      chunksOf(ids, KEYS_PER_READ).map((chunk) => [conversationId, period, chunk]),
    );
    const found = await inParallel(reads, READS_AT_ONCE, (params) =>
      this.session.read<{ message_id: string; seq: types.Long }>('read seqs', SEQS, params),
    );
    return new Map(found.flat().map(({ message_id, seq }) => [message_id, seq.toNumber()]));
  }

  /** Where a range is wider than a bucket or two, empty buckets above the conversation's end are not asked for. */
  private async highestSeq(conversationId: string, from: number, to: number): Promise<number> {
    if (bucketOf(to) - bucketOf(from) <= 1) return to;
    return Math.min(to, (await this.readHead(conversationId)) + FARTHEST_ABOVE_HEAD);
  }
}
