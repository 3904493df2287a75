export { messageLogContract, type MessageLogUnderTest } from './message-log.contract.js';
export { quarantineContract, type QuarantineUnderTest } from './quarantine.contract.js';
export { ScriptedRecordSource } from './scripted-record-source.js';
