export {
  ConversationStore,
  type BlockChangePage,
  type DeduplicationKey,
  type EntryRange,
} from './conversation-store.js';
export { InboxStore } from './inbox-store.js';
export { CursorStore } from './cursor-store.js';
export { LogLedger, LogMismatch, type LogIdentity } from './log-ledger.js';
export { EmbeddedConversationStore } from './embedded/embedded-conversation-store.js';
export { EmbeddedInboxStore } from './embedded/embedded-inbox-store.js';
export { EmbeddedCursorStore } from './embedded/embedded-cursor-store.js';
export { openCassandra, type CassandraConnection } from './cassandra/open-cassandra.js';
export { CassandraSession } from './cassandra/cassandra-session.js';
export { CassandraConversationStore } from './cassandra/cassandra-conversation-store.js';
export { CassandraInboxStore } from './cassandra/cassandra-inbox-store.js';
export { CassandraCursorStore } from './cassandra/cassandra-cursor-store.js';
export { CassandraQuarantine } from './cassandra/cassandra-quarantine.js';
export { CassandraLogLedger } from './cassandra/cassandra-log-ledger.js';
export { SchemaTooNew } from './cassandra/schema/migrate.js';
export type {
  BlockChangeRow,
  ConversationRow,
  DeduplicationRow,
  DeviceKey,
  EntryBody,
  EntryRow,
  HeadRow,
  InboxActivity,
  InboxRow,
  InboxWrite,
  Membership,
  MembershipEnd,
  MembershipStart,
  PatchRow,
  ReactionRow,
  StoredEntry,
  StoredReaction,
} from './rows.js';
