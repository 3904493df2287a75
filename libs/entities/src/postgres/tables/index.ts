import { AuditAttemptRow, AuditOutcomeRow } from './audit-rows.js';
import { BlockRow } from './block-row.js';
import { ConversationRow, MemberRow, OutboxEntryRow } from './conversation-rows.js';
import { DeviceRow } from './device-row.js';
import { MuteRow } from './mute-row.js';
import { RefreshTokenRow, TokenFamilyRow } from './token-rows.js';
import { UserRow } from './user-row.js';
import { WorkerLeaseRow } from './worker-lease-row.js';

/** Every table of the schema. A list, not a glob: a bundled application has no files to look for. */
export const TABLES = [
  UserRow,
  TokenFamilyRow,
  RefreshTokenRow,
  DeviceRow,
  ConversationRow,
  MemberRow,
  OutboxEntryRow,
  BlockRow,
  MuteRow,
  AuditAttemptRow,
  AuditOutcomeRow,
  WorkerLeaseRow,
];
