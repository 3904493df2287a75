export { UserDirectory, type User } from './user-directory.js';
export { TokenFamilies, type Rotation } from './token-families.js';
export {
  DeviceDirectory,
  type Device,
  type DeviceAdmission,
  type DeviceLabels,
  type DeviceLife,
  type PushToken,
} from './device-directory.js';
export { BlockDirectory, type BlockDecision, type BlockedUser, type BlockIds } from './block-directory.js';
export { ContactDirectory, type UserPair } from './contact-directory.js';
export { AuditTrail, type AuditedAttempt, type AuditRecord } from './audit-trail.js';
export { OperatorDirectory, type Account, type AccountChange, type Login } from './operator-directory.js';
export { MuteDirectory, type Mute } from './mute-directory.js';
export {
  ConversationDirectory,
  Outbox,
  type ChangeIds,
  type ConversationRecord,
  type Decision,
  type MemberRecord,
  type OutboxRow,
  type PendingChange,
} from './conversation-directory.js';
export { type EmbeddedPostgres, runningEmbeddedPostgres, startEmbeddedPostgres } from './embedded/embedded-postgres.js';
export { openAccountPorts, type AccountPorts } from './postgres/account-ports.js';
export type { PostgresConnection } from './postgres/postgres-connection.js';
export { PostgresProbe } from './postgres/postgres-probe.js';
export { PostgresModule } from './postgres/postgres.module.js';
