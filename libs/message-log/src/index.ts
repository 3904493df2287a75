export {
  MessageLog,
  RecordSource,
  type Assignment,
  type ConsumedRecord,
  type RecordBatch,
  type RecordToAppend,
} from './message-log.js';
export { Quarantine, type QuarantinedRecord } from './quarantine.js';
