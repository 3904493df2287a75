import { LEVELLED } from './first-schema.js';

/** Cut like the entries, so that one scan brings the reactions of a page. A row is overwritten in place, never deleted. */
export const REACTIONS = `CREATE TABLE IF NOT EXISTS reactions (
  conversation_id text, bucket int, seq bigint, emoji text, user_id text, op text, by_seq bigint, since_seq bigint,
  PRIMARY KEY ((conversation_id, bucket), seq, emoji, user_id)
) WITH ${LEVELLED}`;
