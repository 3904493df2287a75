export { engineAddresses, enginesFolder, type EngineAddresses } from './engines/engine-addresses.js';
export { EngineSet, type EngineSetOptions, type Progress } from './engines/engine-set.js';
export { EngineNode, type NodeStatus } from './engines/engine-node.js';
export { memoryOf, processorMicrosOf } from './engines/process-table.js';
export {
  findPrograms,
  findProgram,
  jarFolder,
  JARS,
  missingAmong,
  type FoundPrograms,
} from './engines/engine-programs.js';
export { StandaloneProcess, type StandaloneOptions } from './standalone/standalone-process.js';
export { DataFolder } from './standalone/data-folder.js';
export { AppProcess, type AppProcessOptions, type ProcessEnd } from './processes/app-process.js';
export { freePort, freePorts } from './processes/free-port.js';
export { ClusterProcesses, type ClusterOptions } from './cluster/cluster-processes.js';
export { ClusterMember, type MemberApp, type MemberPorts, type MemberOptions } from './cluster/cluster-member.js';
export { FrontProxy, type FrontProxyOptions } from './cluster/front-proxy.js';
export { TcpProxy } from './networks/tcp-proxy.js';
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
export { faultsOfAnswer, type AnswerToCheck } from './documents/rest-document.js';
export { faultsOfAcknowledgement, faultsOfEvent } from './documents/socket-document.js';
export { Changes, monotonicMs, type UntilOptions } from './clients/changes.js';
export { RawClient, type RawClientOptions } from './clients/raw-client.js';
export type { SendOperation, SendRequest } from './clients/send-attempts.js';
export { TestUser } from './clients/test-user.js';
export { Timeline, type Shown } from './clients/timeline.js';
export { acceptedSends, check } from './checker/check.js';
export {
  digestOf,
  membersIn,
  observedDevice,
  observedEntry,
  observedInbox,
  observedSends,
  type Kills,
} from './checker/observe.js';
export type {
  Observations,
  ObservedConnection,
  ObservedConversation,
  ObservedDevice,
  ObservedEntry,
  ObservedInbox,
  ObservedRead,
  ObservedSend,
  Violation,
} from './checker/observations.js';
export { Random } from './random.js';
