export { conversationStoreContract } from './conversation-store.contract.js';
export { cursorStoreContract } from './cursor-store.contract.js';
export { inboxStoreContract } from './inbox-store.contract.js';
export { deletionRow, editRow, entryRow, membershipEnd, membershipStart, storedEntry } from './sample-rows.js';
