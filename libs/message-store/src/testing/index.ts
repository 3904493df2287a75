export { conversationStoreContract } from './conversation-store.contract.js';
export { cursorStoreContract } from './cursor-store.contract.js';
export { inboxStoreContract } from './inbox-store.contract.js';
export { logLedgerContract } from './log-ledger.contract.js';
export { TemporaryKeyspace } from '../cassandra/temporary-keyspace.js';
export {
  deletionRow,
  editRow,
  entryRow,
  membershipEnd,
  membershipStart,
  reactionRow,
  storedEntry,
} from './sample-rows.js';
