import { Injectable } from '@nestjs/common';
import type { types } from 'cassandra-driver';
import { CursorStore } from '../cursor-store.js';
import type { DeviceKey } from '../rows.js';
import { CassandraSession } from './cassandra-session.js';

const CURSORS = `SELECT initialised, conversation_id, seq FROM device_cursors
  WHERE user_id = ? AND device_id = ? AND generation = ?`;
const RAISE = `INSERT INTO device_cursors (user_id, device_id, generation, conversation_id, seq) VALUES (?, ?, ?, ?, ?)
  USING TIMESTAMP ?`;
/** Never unset, so any timestamp does. */
const MARK = `UPDATE device_cursors USING TIMESTAMP 1 SET initialised = true
  WHERE user_id = ? AND device_id = ? AND generation = ?`;

interface CursorColumns {
  /** Of the partition: the same in each of its rows. */
  initialised: boolean | null;
  /** Null in the one row of a partition that has the mark and no cursor. */
  conversation_id: string | null;
  seq: types.Long;
}

/** The CursorStore in a ring: a partition per device and generation, with the mark of a known device in it. */
@Injectable()
export class CassandraCursorStore extends CursorStore {
  constructor(private readonly session: CassandraSession) {
    super();
  }

  async readCursors(device: DeviceKey): Promise<Map<string, number> | null> {
    const rows = await this.session.read<CursorColumns>('read cursors', CURSORS, keyOf(device));
    if (rows[0]?.initialised !== true) return null;
    const cursors = new Map<string, number>();
    for (const { conversation_id, seq } of rows) {
      if (conversation_id !== null) cursors.set(conversation_id, seq.toNumber());
    }
    return cursors;
  }

  async initialise(device: DeviceKey, cursors: ReadonlyMap<string, number>): Promise<void> {
    await this.raise(device, cursors);
    const mark = { partition: partitionOf(device), cql: MARK, params: keyOf(device) };
    await this.session.write('mark a device as known', [mark]);
  }

  async raise(device: DeviceKey, cursors: ReadonlyMap<string, number>): Promise<void> {
    const writes = [...cursors].map(([conversationId, seq]) => ({
      partition: partitionOf(device),
      cql: RAISE,
      params: [...keyOf(device), conversationId, seq, seq],
    }));
    await this.session.write('raise cursors', writes);
  }
}

function keyOf({ user_id, device_id, generation }: DeviceKey): string[] {
  return [user_id, device_id, generation];
}

function partitionOf(device: DeviceKey): string {
  return keyOf(device).join('/');
}
