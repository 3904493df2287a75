import { afterAll, beforeAll } from 'vitest';
import { engineAddresses } from '@parley/harness';
import { quarantineContract, type QuarantineUnderTest } from '@parley/message-log/testing';
import { conversationStoreContract } from '../testing/conversation-store.contract.js';
import { cursorStoreContract } from '../testing/cursor-store.contract.js';
import { inboxStoreContract } from '../testing/inbox-store.contract.js';
import { logLedgerContract } from '../testing/log-ledger.contract.js';
import { CassandraConversationStore } from './cassandra-conversation-store.js';
import { CassandraCursorStore } from './cassandra-cursor-store.js';
import { CassandraInboxStore } from './cassandra-inbox-store.js';
import { CassandraLogLedger } from './cassandra-log-ledger.js';
import { CassandraQuarantine } from './cassandra-quarantine.js';
import type { CassandraSession } from './cassandra-session.js';
import { openCassandra } from './open-cassandra.js';
import { TemporaryKeyspace } from './temporary-keyspace.js';

let keyspace: TemporaryKeyspace;
let session: CassandraSession;

beforeAll(async () => {
  keyspace = new TemporaryKeyspace(engineAddresses().cassandraContactPoints);
  session = await openCassandra(keyspace.connection);
});

afterAll(async () => {
  await session?.close();
  await keyspace.drop();
});

conversationStoreContract('CassandraConversationStore', async () => new CassandraConversationStore(session));
inboxStoreContract('CassandraInboxStore', async () => new CassandraInboxStore(session));
cursorStoreContract('CassandraCursorStore', async () => new CassandraCursorStore(session));
quarantineContract('CassandraQuarantine', async () => {
  await keyspace.truncate('quarantine');
  return quarantineOver(session);
});
logLedgerContract('CassandraLogLedger', async () => {
  await keyspace.truncate('log_identity');
  await keyspace.truncate('stored_ends');
  return {
    ledger: new CassandraLogLedger(session),
    another: async () => new CassandraLogLedger(session),
  };
});

/** A process that is killed leaves what the ring has: another session sees it. */
async function quarantineOver(session: CassandraSession): Promise<QuarantineUnderTest> {
  return {
    quarantine: new CassandraQuarantine(session),
    afterKill: async () => {
      const another = await openCassandra(keyspace.connection);
      return { ...(await quarantineOver(another)), close: () => another.close() };
    },
    close: async () => undefined,
  };
}
