export { ERRORS, RejectedError, rejected, type ErrorCode, type Fault, type Rejection } from './error-codes.js';
export * as limits from './limits.js';
export {
  LIVE_EVENT,
  type Change,
  type Content,
  type ConversationKind,
  type EntryKind,
  type EntryView,
  type Role,
} from './entry.js';
export { inspectJson, isCleanText } from './json-checks.js';
export { validate } from './validate.js';
export {
  check,
  ClientMessageIdField,
  contentBytes,
  ContentField,
  DEVICE_ID,
  ID,
  IdField,
  IdListField,
  MentionsField,
  PositionsField,
  SeqField,
  TextField,
} from './fields.js';
export {
  AckDto,
  HandshakeDto,
  PullDto,
  RefreshSessionDto,
  SendMessageDto,
  SentView,
  type MessageBatch,
  type Pulled,
  type SessionClosed,
  type SessionEnd,
  type SessionLimits,
  type SessionReady,
  type SyncDone,
} from './socket-events.js';
export {
  ChangeRecordDto,
  comparePositions,
  decodeRecord,
  DeleteRecordDto,
  EditRecordDto,
  encodeRecord,
  ENTRIES_TOPIC,
  MessageRecordDto,
  type LogRecord,
  type Position,
  type SubmitRecord,
  type VerdictAddress,
} from './log-record.js';
export type { Accepted, Refused, Verdict } from './verdict.js';
