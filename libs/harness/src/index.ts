export { StandaloneProcess, type StandaloneOptions } from './standalone/standalone-process.js';
export { DataFolder } from './standalone/data-folder.js';
export { freePort } from './standalone/free-port.js';
export { RAISED_LIMITS } from './standalone/raised-limits.js';
export {
  ApiClient,
  ApiError,
  type ApiAnswer,
  type ConversationView,
  type HistoryPage,
  type Problem,
  type RequestOptions,
  type Sent,
  type Session,
  type Tokens,
  type UserView,
} from './clients/api-client.js';
export { ChatClient } from './clients/chat-client.js';
export type { Acknowledged, ChatClientOptions, ConnectRefusal, Received } from './clients/chat-records.js';
export { codeOf, type Answer, type Refusal } from './clients/answers.js';
export { monotonicMs, type UntilOptions } from './clients/changes.js';
export { RawClient, type RawClientOptions } from './clients/raw-client.js';
export type { SendOperation, SendRequest } from './clients/send-attempts.js';
export { TestUser } from './clients/test-user.js';
export { Timeline, type Shown } from './clients/timeline.js';
export { acceptedSends, check } from './checker/check.js';
export { digestOf, observedDevice, observedEntry, observedSends, type Kills } from './checker/observe.js';
export type {
  Observations,
  ObservedConnection,
  ObservedConversation,
  ObservedDevice,
  ObservedEntry,
  ObservedRead,
  ObservedSend,
  Violation,
} from './checker/observations.js';
