export { answeredWithin } from './answered-within.js';
export { EngineUnavailable, type Engine } from './engine-unavailable.js';
export { ERRORS, RejectedError, rejected, type ErrorCode, type Fault, type Rejection } from './error-codes.js';
export * as limits from './limits.js';
export {
  EntryView,
  LIVE_EVENT,
  ReactionView,
  type Change,
  type Content,
  type ConversationKind,
  type EntryKind,
  type Role,
} from './entry.js';
export { digestOf } from './digest.js';
export { EmojiField, isEmoji } from './emoji.js';
export { DeleteMessageDto, EditMessageDto, PatchMessageDto, ReactDto } from './message-changes.js';
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
  HandshakeAuth,
  HandshakeDto,
  PostMessageDto,
  PullDto,
  RefreshSessionDto,
  SendMessageDto,
  SentView,
  Done,
  Pulled,
  SessionRefreshed,
} from './socket-events.js';
export {
  ErrorView,
  HandshakeRefusal,
  Heads,
  MessageBatch,
  SessionClosed,
  SessionError,
  SessionLimits,
  SessionReady,
  SkippedRange,
  SyncDone,
  SyncedConversation,
  type SessionEnd,
} from './session-events.js';
export {
  CLIENT_EVENTS,
  SERVER_EVENTS,
  type AnswerOf,
  type ClientEvent,
  type PayloadOf,
  type ServerEvent,
  type ServerEvents,
} from './event-table.js';
export { FaultView, problemOf, ProblemView } from './problem.js';
export {
  BlockRecordDto,
  ChangeRecordDto,
  comparePositions,
  DeleteRecordDto,
  EditRecordDto,
  ENTRIES_TOPIC,
  ROUTER_GROUP,
  MessageRecordDto,
  ReactRecordDto,
  type LogRecord,
  type Position,
  type SubmitRecord,
  TRACE_PARENT,
  VERDICT_TO,
  type VerdictAddress,
} from './log-record.js';
export { decodeRecord, encodeRecord, readRecord } from './record-codec.js';
export type { Accepted, Refused, Verdict } from './verdict.js';
export {
  PresenceView,
  SetPresenceDto,
  TypingDto,
  TypingView,
  WatchDto,
  WatchedView,
  type Availability,
  type PresenceStatus,
} from './presence.js';
export { PageQueryDto, type Page } from './paging.js';
export {
  BlockedUserPageView,
  BlockedUserView,
  FindUsersDto,
  LoginDto,
  RefreshTokenDto,
  RegisterDto,
  SignedInView,
  TokensView,
  UpdateUserDto,
  UserPageView,
  UserView,
} from './accounts.js';
export { ReadConversationDto, Receipt } from './receipts.js';
export { DevicePageView, DeviceView, PushTokenDto, PutDeviceDto } from './devices.js';
export {
  ConversationPageView,
  ConversationView,
  HistoryQueryDto,
  HistoryView,
  MarkReadDto,
  MuteDto,
  MuteView,
  ReadMark,
  ReadMarkView,
} from './conversations.js';
export {
  CreateGroupDto,
  GroupView,
  MemberPageView,
  MemberView,
  OpenDirectDto,
  PutMemberDto,
  PutMemberView,
  RenameGroupDto,
} from './groups.js';
export {
  AccountPageView,
  AccountView,
  AuditPageView,
  AuditRecordView,
  ConversationOverviewView,
  DeliveryPlanView,
  LagView,
} from './operators.js';
