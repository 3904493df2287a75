import { Injectable } from '@nestjs/common';
import type { types } from 'cassandra-driver';
import { isSameLog, LogLedger, LogMismatch, type LogIdentity } from '../log-ledger.js';
import { CassandraSession } from './cassandra-session.js';

/** The keyspace is one store, and has one log. */
const STORE = 'messages';

const CLAIM = 'INSERT INTO log_identity (store, cluster, topic, partitions) VALUES (?, ?, ?, ?) IF NOT EXISTS';
/** The timestamp is the value, so that a late write lowers nothing. */
const RAISE = 'INSERT INTO stored_ends (store, partition_id, next_offset) VALUES (?, ?, ?) USING TIMESTAMP ?';
const ENDS = 'SELECT partition_id, next_offset FROM stored_ends WHERE store = ?';

interface EndColumns {
  partition_id: number;
  next_offset: types.Long;
}

/** The LogLedger in a ring. */
@Injectable()
export class CassandraLogLedger extends LogLedger {
  constructor(private readonly session: CassandraSession) {
    super();
  }

  async claim(identity: LogIdentity): Promise<void> {
    const params = [STORE, identity.cluster, identity.topic, identity.partitions];
    const standing = await this.session.insertOnce<LogIdentity>('claim the store for its log', CLAIM, params);
    if (standing && !isSameLog(standing, identity)) throw LogMismatch.ofIdentities(standing, identity);
  }

  async raise(partition: number, offset: number): Promise<void> {
    const end = offset + 1;
    const write = { partition: 'stored_ends', cql: RAISE, params: [STORE, partition, end, end] };
    await this.session.write('raise a stored end', [write]);
  }

  async check(endsNow: () => Promise<readonly number[]>): Promise<void> {
    const rows = await this.session.read<EndColumns>('read stored ends', ENDS, [STORE]);
    const ends = await endsNow();
    for (const { partition_id, next_offset } of rows) {
      const end = ends[partition_id] ?? 0;
      const storedEnd = next_offset.toNumber();
      if (storedEnd > end) throw LogMismatch.ofEnd(partition_id, end, storedEnd - 1);
    }
  }
}
