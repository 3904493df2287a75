export {
  MessageLog,
  RecordSource,
  type Assignment,
  type ConsumedRecord,
  type RecordBatch,
  type RecordToAppend,
} from './message-log.js';
export { Quarantine, type QuarantinedRecord } from './quarantine.js';
export { partitionOf } from './partition-of.js';
export { RecordBatchServer, type RecordBatchServerOptions } from './consuming/record-batch-server.js';
export { EmbeddedMessageLog, type EmbeddedLogOptions } from './embedded/embedded-message-log.js';
export { EmbeddedQuarantine } from './embedded/embedded-quarantine.js';
