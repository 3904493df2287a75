export {
  MessageLog,
  RecordSource,
  type Assignment,
  type ConsumedRecord,
  type PartitionLag,
  type RecordBatch,
  type RecordToAppend,
} from './message-log.js';
export { LogProgress, type PartitionProgress } from './log-progress.js';
export { Quarantine, type QuarantinedRecord } from './quarantine.js';
export { partitionOf } from './partition-of.js';
export { RecordBatchServer, type RecordBatchServerOptions } from './consuming/record-batch-server.js';
export { EmbeddedMessageLog, type EmbeddedLogOptions } from './embedded/embedded-message-log.js';
export { EmbeddedQuarantine } from './embedded/embedded-quarantine.js';
export { type KafkaConnection } from './kafka/kafka-connection.js';
export { KafkaMessageLog, type KafkaLogDescription } from './kafka/kafka-message-log.js';
export { KafkaRecordSource } from './kafka/kafka-record-source.js';
export { UnusableTopic, type KafkaTopicSettings } from './kafka/kafka-topic.js';
