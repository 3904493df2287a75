import { Injectable } from '@nestjs/common';
import type { Position } from '@parley/contracts';
import { Quarantine, type QuarantinedRecord } from '@parley/message-log';
import type { types } from 'cassandra-driver';
import { CassandraSession } from './cassandra-session.js';
import { inParallel } from './in-parallel.js';

const READS_AT_ONCE = 16;

/** Not on the way of a message, so the first writer may be decided among the replicas. */
const ADD = `INSERT INTO quarantine (topic, partition_id, epoch, log_offset, record_key, record_value, reason)
  VALUES (?, ?, ?, ?, ?, ?, ?) IF NOT EXISTS`;
const WITHIN = `SELECT epoch, log_offset FROM quarantine WHERE topic = ? AND partition_id = ?
  AND (epoch, log_offset) >= (?, ?) AND (epoch, log_offset) <= (?, ?)`;
const PLACES = 'SELECT topic, partition_id, epoch, log_offset, WRITETIME(reason) AS added_at FROM quarantine';
const TOPICS = 'SELECT topic FROM quarantine';
const RECORD = `SELECT record_key, record_value, reason FROM quarantine
  WHERE topic = ? AND partition_id = ? AND epoch = ? AND log_offset = ?`;

interface PlaceColumns {
  topic: string;
  partition_id: number;
  epoch: number;
  log_offset: types.Long;
  /** Microseconds since 1970, by the node that decided. */
  added_at: types.Long;
}

interface RecordColumns {
  record_key: string;
  record_value: Buffer;
  reason: string;
}

/** A quarantine in a ring: a partition per partition of the log, records by place. */
@Injectable()
export class CassandraQuarantine extends Quarantine {
  constructor(private readonly session: CassandraSession) {
    super();
  }

  async add({ topic, partition, position, key, value, reason }: QuarantinedRecord): Promise<void> {
    const bytes = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
    const params = [topic, partition, position.epoch, position.offset, key, bytes, reason];
    await this.session.insertOnce('add to the quarantine', ADD, params);
  }

  async within(topic: string, partition: number, from: Position, to: Position): Promise<Position[]> {
    const params = [topic, partition, from.epoch, from.offset, to.epoch, to.offset];
    const rows = await this.session.read<PlaceColumns>('read quarantined places', WITHIN, params);
    return rows.map(({ epoch, log_offset }) => ({ epoch, offset: log_offset.toNumber() }));
  }

  async find(topic: string, partition: number, position: Position): Promise<QuarantinedRecord | null> {
    const params = [topic, partition, position.epoch, position.offset];
    const rows = await this.session.read<RecordColumns>('read a quarantined record', RECORD, params);
    const [record] = rows.map(({ record_key, record_value, reason }) => ({
      topic,
      partition,
      position,
      key: record_key,
      value: record_value,
      reason,
    }));
    return record ?? null;
  }

  /** Looks at all of them: it is small, and nobody waits for a message meanwhile. */
  async count(): Promise<number> {
    let count = 0;
    for await (const rows of this.session.scan('count the quarantine', TOPICS)) count += rows.length;
    return count;
  }

  /** Looks at the places of all records, and reads the records of the oldest: for people, who can wait. */
  async list(limit: number): Promise<QuarantinedRecord[]> {
    let oldest: PlaceColumns[] = [];
    for await (const places of this.session.scan<PlaceColumns>('scan the quarantine', PLACES)) {
      oldest = [...oldest, ...places].sort((one, other) => one.added_at.compare(other.added_at)).slice(0, limit);
    }
    const records = await inParallel(oldest, READS_AT_ONCE, ({ topic, partition_id, epoch, log_offset }) =>
      this.find(topic, partition_id, { epoch, offset: log_offset.toNumber() }),
    );
    return records.flatMap((record) => record ?? []);
  }
}
