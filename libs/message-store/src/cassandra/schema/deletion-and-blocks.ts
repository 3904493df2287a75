import { LEVELLED } from './first-schema.js';

/** A cell with a timestamp of its own: the conversation is gone from this inbox. */
const DELETED = 'ALTER TABLE inbox ADD IF NOT EXISTS deleted boolean';

/** Few rows a conversation; the newest is read where a router meets a conversation for the first time. */
const BLOCK_CHANGES = `CREATE TABLE IF NOT EXISTS block_changes (
  conversation_id text, version bigint, epoch int, log_offset bigint, is_blocked boolean,
  PRIMARY KEY ((conversation_id), version)
) WITH CLUSTERING ORDER BY (version DESC) AND ${LEVELLED}`;

export const DELETION_AND_BLOCKS: readonly string[] = [DELETED, BLOCK_CHANGES];
