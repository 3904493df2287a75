import type { types } from 'cassandra-driver';
import { spanOfMessages, withReactions, type BareEntry } from '../reactions-of-entries.js';
import type { StoredEntry } from '../rows.js';
import type { CassandraSession } from './cassandra-session.js';
import { inParallel } from './in-parallel.js';
import { bucketOf } from './partition-keys.js';

interface ReactionColumns {
  seq: types.Long;
  emoji: string;
  user_id: string;
  op: 'add' | 'remove';
  by_seq: types.Long;
  since_seq: types.Long;
}

const REACTIONS = `SELECT seq, emoji, user_id, op, by_seq, since_seq FROM reactions
  WHERE conversation_id = ? AND bucket = ? AND seq >= ? AND seq <= ?`;
const READS_AT_ONCE = 16;

/** Reactions in a table of their own: a message's row does not grow with the people who react to it. */
export class CassandraReactions {
  constructor(private readonly session: CassandraSession) {}

  /** One scan for each bucket that the page touches, nearly always one. `entries` are in the order of their seq. */
  async putInto(conversationId: string, entries: readonly BareEntry[]): Promise<StoredEntry[]> {
    const buckets = new Set(entries.map(({ seq }) => bucketOf(seq)));
    const scans = [...buckets].flatMap((bucket) => {
      const span = spanOfMessages(entries.filter(({ seq }) => bucketOf(seq) === bucket));
      return span ? [[conversationId, bucket, span.from, span.to]] : [];
    });
    const found = await inParallel(scans, READS_AT_ONCE, (params) =>
      this.session.read<ReactionColumns>('read reactions', REACTIONS, params),
    );
    return withReactions(entries, found.flat().map(showReaction));
  }
}

function showReaction({ seq, emoji, user_id, op, by_seq, since_seq }: ReactionColumns) {
  return { seq: seq.toNumber(), emoji, user_id, op, by_seq: by_seq.toNumber(), since_seq: since_seq.toNumber() };
}
