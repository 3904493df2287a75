import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client, types } from 'cassandra-driver';
import { changeSchema } from './change-schema.js';

/**
 * A holder that died is forgotten after this. One that is merely slow may then be joined by another, which does no harm:
 * migrations are repeatable, and one node runs the statements of both.
 */
const EXPIRES_AFTER_S = 60;
const ASK_AGAIN_MS = 250;
/** Processes that ask at once can push each other out of a round among the replicas; the ring calls that a timeout. */
const ATTEMPTS = 5;
const TIMEOUT_MS = 10_000;

const TABLE = 'CREATE TABLE IF NOT EXISTS schema_lock (name text PRIMARY KEY, holder uuid)';
const ACQUIRE = `INSERT INTO schema_lock (name, holder) VALUES ('schema', ?) IF NOT EXISTS USING TTL ${EXPIRES_AFTER_S}`;
const RELEASE = `DELETE FROM schema_lock WHERE name = 'schema' IF holder = ?`;

/** Runs `work` while no other process is in here; waits for as long as that takes. */
export async function withSchemaLock(client: Client, work: () => Promise<void>): Promise<void> {
  await changeSchema(client, TABLE);
  const holder = randomUUID();
  while (!(await acquire(client, holder))) await sleep(ASK_AGAIN_MS);
  try {
    await work();
  } finally {
    await decide(client, RELEASE, holder);
  }
}

/** An attempt whose outcome was unknown may have taken the lock: then it is ours that stands. */
async function acquire(client: Client, holder: string): Promise<boolean> {
  const { '[applied]': applied, holder: standing } = await decide(client, ACQUIRE, holder);
  return applied || String(standing) === holder;
}

async function decide(client: Client, cql: string, holder: string): Promise<Decision> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const { rows } = await client.execute(cql, [holder], { prepare: true, readTimeout: TIMEOUT_MS });
      return rows[0] as unknown as Decision;
    } catch (error) {
      if (attempt === ATTEMPTS) throw error;
      await sleep(ASK_AGAIN_MS * Math.random() * attempt);
    }
  }
}

/** The answer to a statement with `IF`: whether it was applied, and else the row that stands. */
interface Decision {
  '[applied]': boolean;
  holder?: types.Uuid;
}
