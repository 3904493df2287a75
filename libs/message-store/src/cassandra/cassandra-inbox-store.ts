import { Injectable } from '@nestjs/common';
import type { types } from 'cassandra-driver';
import { InboxStore } from '../inbox-store.js';
import type { InboxRow, InboxWrite } from '../rows.js';
import { CassandraSession } from './cassandra-session.js';
import { numberOrNull } from './conversation-columns.js';
import type { RowWrite } from './row-write.js';

/** Cells that are not given stay unset, which leaves them as they are. */
const CELLS = `UPDATE inbox USING TIMESTAMP ? SET from_seq = ?, floor_n = ?, to_seq = ?,
  last_seq = ?, last_n = ?, last_message_seq = ?, last_activity_at = ?, read_seq = ?, read_n = ?, deleted = ?
  WHERE user_id = ? AND conversation_id = ?`;
const READ = 'UPDATE inbox USING TIMESTAMP ? SET read_seq = ?, read_n = ? WHERE user_id = ? AND conversation_id = ?';
const DELIVERED = 'UPDATE inbox USING TIMESTAMP ? SET delivered_seq = ? WHERE user_id = ? AND conversation_id = ?';
const INBOX = `SELECT conversation_id, from_seq, floor_n, to_seq, last_seq, last_n, last_message_seq, last_activity_at,
  read_seq, read_n, delivered_seq, deleted FROM inbox WHERE user_id = ?`;
const ROW = `${INBOX} AND conversation_id = ?`;

type Cell = types.Long | null;

interface InboxColumns extends Record<Exclude<keyof InboxRow, 'conversation_id'>, Cell> {
  conversation_id: string;
  deleted: boolean | null;
}

/** The InboxStore in a ring: a partition per user, each row overwritten in place. */
@Injectable()
export class CassandraInboxStore extends InboxStore {
  constructor(private readonly session: CassandraSession) {
    super();
  }

  async write(rows: readonly InboxWrite[]): Promise<void> {
    await this.session.write('write inboxes', rows.flatMap(writesOf));
  }

  async readInbox(userId: string): Promise<InboxRow[]> {
    const rows = await this.session.read<InboxColumns>('read an inbox', INBOX, [userId]);
    return rows.map(showInbox).filter((row) => row !== null);
  }

  async readRow(userId: string, conversationId: string): Promise<InboxRow | null> {
    const [row] = await this.session.read<InboxColumns>('read an inbox row', ROW, [userId, conversationId]);
    return row ? showInbox(row) : null;
  }

  async raiseRead(userId: string, conversationId: string, readSeq: number, readN: number): Promise<void> {
    await this.session.write('raise a read mark', [readWrite(userId, conversationId, readSeq, readN)]);
  }

  async raiseDelivered(userId: string, positions: ReadonlyMap<string, number>): Promise<void> {
    const writes = [...positions].map(([conversationId, seq]) => ({
      partition: userId,
      cql: DELIVERED,
      params: [seq, seq, userId, conversationId],
    }));
    await this.session.write('raise delivered marks', writes);
  }
}

/** One statement, unless the read mark has another timestamp than the rest. */
function writesOf({ user_id, conversation_id, at, joined, left, activity, read, deleted }: InboxWrite): RowWrite[] {
  const ownRead = read?.read_seq === at ? read : undefined;
  const params = [
    ...[at, joined?.from_seq, joined?.floor_n, left?.to_seq],
    ...[activity?.last_seq, activity?.last_n, activity?.last_message_seq, activity?.last_activity_at],
    ...[ownRead?.read_seq, ownRead?.read_n, deleted, user_id, conversation_id],
  ];
  const cells = { partition: user_id, cql: CELLS, params };
  if (!read || ownRead) return [cells];
  return [cells, readWrite(user_id, conversation_id, read.read_seq, read.read_n)];
}

function readWrite(userId: string, conversationId: string, readSeq: number, readN: number): RowWrite {
  return { partition: userId, cql: READ, params: [readSeq, readSeq, readN, userId, conversationId] };
}

/** Null for a row without a join (marks that came before it, or a user who never was a member), and for a deleted one. */
function showInbox(columns: InboxColumns): InboxRow | null {
  const fromSeq = numberOrNull(columns.from_seq);
  if (fromSeq === null || columns.deleted) return null;
  const toSeq = numberOrNull(columns.to_seq);
  const numberOf = (cell: Cell) => cell?.toNumber() ?? 0;
  return {
    conversation_id: columns.conversation_id,
    from_seq: fromSeq,
    floor_n: numberOf(columns.floor_n),
    // An end below the join belongs to an earlier membership.
    to_seq: toSeq !== null && toSeq >= fromSeq ? toSeq : null,
    last_seq: numberOf(columns.last_seq),
    last_n: numberOf(columns.last_n),
    last_message_seq: numberOf(columns.last_message_seq),
    last_activity_at: numberOf(columns.last_activity_at),
    read_seq: numberOf(columns.read_seq),
    read_n: numberOf(columns.read_n),
    delivered_seq: numberOf(columns.delivered_seq),
  };
}
