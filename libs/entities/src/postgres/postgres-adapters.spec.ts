import { workerLeasesContract } from '@parley/snowflake/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { auditTrailContract } from '../testing/audit-trail.contract.js';
import { blockDirectoryContract } from '../testing/block-directory.contract.js';
import { contactDirectoryContract } from '../testing/contact-directory.contract.js';
import { conversationDirectoryContract } from '../testing/conversation-directory.contract.js';
import { deviceDirectoryContract } from '../testing/device-directory.contract.js';
import { muteDirectoryContract } from '../testing/mute-directory.contract.js';
import { operatorDirectoryContract } from '../testing/operator-directory.contract.js';
import { outboxContract } from '../testing/outbox.contract.js';
import { TemporaryPostgres } from '../testing/temporary-postgres.js';
import { tokenFamiliesContract } from '../testing/token-families.contract.js';
import { userDirectoryContract } from '../testing/user-directory.contract.js';
import { ADVISORY_LOCKS } from './advisory-locks.js';
import { PostgresAuditTrail } from './postgres-audit-trail.js';
import { PostgresBlockDirectory } from './postgres-block-directory.js';
import { PostgresContactDirectory } from './postgres-contact-directory.js';
import { PostgresConversationDirectory } from './postgres-conversation-directory.js';
import { PostgresDeviceDirectory } from './postgres-device-directory.js';
import { PostgresMuteDirectory } from './postgres-mute-directory.js';
import { PostgresOperatorDirectory } from './postgres-operator-directory.js';
import { PostgresOutbox } from './postgres-outbox.js';
import { PostgresTokenFamilies } from './postgres-token-families.js';
import { PostgresUserDirectory } from './postgres-user-directory.js';
import { PostgresWorkerLeases } from './postgres-worker-leases.js';
import { RelayPlace } from './relay-place.js';

let postgres: TemporaryPostgres;
const places: RelayPlace[] = [];

beforeAll(async () => {
  postgres = await TemporaryPostgres.start();
});
afterAll(async () => {
  await leavePlaces();
  await postgres.stop();
});

async function emptied() {
  await postgres.empty();
  return postgres.dataSource;
}

async function leavePlaces(): Promise<void> {
  await Promise.all(places.splice(0).map((place) => place.leave()));
}

function outboxOfAProcess(): PostgresOutbox {
  const place = new RelayPlace(postgres.connection);
  places.push(place);
  return new PostgresOutbox(postgres.dataSource, place);
}

async function crashRelay(): Promise<void> {
  const end = `SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND objid = $1 AND granted`;
  await postgres.dataSource.query(end, [ADVISORY_LOCKS.outboxRelay[1]]);
}

userDirectoryContract('PostgresUserDirectory', async () => new PostgresUserDirectory(await emptied()));

tokenFamiliesContract('PostgresTokenFamilies', async () => {
  const dataSource = await emptied();
  return { families: new PostgresTokenFamilies(dataSource), users: new PostgresUserDirectory(dataSource) };
});

deviceDirectoryContract('PostgresDeviceDirectory', async () => {
  const dataSource = await emptied();
  return { devices: new PostgresDeviceDirectory(dataSource), users: new PostgresUserDirectory(dataSource) };
});

conversationDirectoryContract('PostgresConversationDirectory', async () => {
  const dataSource = await emptied();
  return {
    directory: new PostgresConversationDirectory(dataSource),
    outbox: outboxOfAProcess(),
    users: new PostgresUserDirectory(dataSource),
  };
});

blockDirectoryContract('PostgresBlockDirectory', async () => {
  const dataSource = await emptied();
  return {
    blocks: new PostgresBlockDirectory(dataSource),
    directory: new PostgresConversationDirectory(dataSource),
    outbox: outboxOfAProcess(),
    users: new PostgresUserDirectory(dataSource),
  };
});

contactDirectoryContract('PostgresContactDirectory', async () => {
  const dataSource = await emptied();
  return {
    contacts: new PostgresContactDirectory(dataSource),
    directory: new PostgresConversationDirectory(dataSource),
    blocks: new PostgresBlockDirectory(dataSource),
    devices: new PostgresDeviceDirectory(dataSource),
    users: new PostgresUserDirectory(dataSource),
  };
});

muteDirectoryContract('PostgresMuteDirectory', async () => {
  const dataSource = await emptied();
  return {
    mutes: new PostgresMuteDirectory(dataSource),
    directory: new PostgresConversationDirectory(dataSource),
    users: new PostgresUserDirectory(dataSource),
  };
});

operatorDirectoryContract('PostgresOperatorDirectory', async () => {
  const dataSource = await emptied();
  return {
    operators: new PostgresOperatorDirectory(dataSource),
    users: new PostgresUserDirectory(dataSource),
    families: new PostgresTokenFamilies(dataSource),
    devices: new PostgresDeviceDirectory(dataSource),
  };
});

auditTrailContract('PostgresAuditTrail', async () => {
  const dataSource = await emptied();
  return { audit: new PostgresAuditTrail(dataSource), users: new PostgresUserDirectory(dataSource) };
});

it('refuses to change or remove what stands in the audit trail', async () => {
  const dataSource = await emptied();
  const audit = new PostgresAuditTrail(dataSource);
  const bare = { actor_id: null, action: 'create', object: null, request_id: null, address: null, at: 0 };
  await audit.end(await audit.begin(bare), 'done', 0);
  for (const table of ['audit_attempts', 'audit_outcomes']) {
    await expect(dataSource.query(`UPDATE ${table} SET at = now()`)).rejects.toThrow(`${table} is append-only`);
    await expect(dataSource.query(`DELETE FROM ${table}`)).rejects.toThrow(`${table} is append-only`);
  }
});

outboxContract('PostgresOutbox', async () => {
  const dataSource = await emptied();
  await leavePlaces();
  return {
    outbox: outboxOfAProcess(),
    directory: new PostgresConversationDirectory(dataSource),
    users: new PostgresUserDirectory(dataSource),
    anotherProcess: async () => outboxOfAProcess(),
    crashRelay,
  };
});

workerLeasesContract('PostgresWorkerLeases', async () => {
  const dataSource = await emptied();
  return {
    leases: new PostgresWorkerLeases(dataSource),
    advance: async (ms) => {
      const back = `UPDATE worker_leases SET expires_at = expires_at - $1 * interval '1 millisecond'`;
      await dataSource.query(back, [ms]);
    },
    close: async () => undefined,
  };
});
