export { blockDirectoryContract, type BlocksUnderTest } from './block-directory.contract.js';
export { muteDirectoryContract, type MutesUnderTest } from './mute-directory.contract.js';
export { conversationDirectoryContract, type ConversationsUnderTest } from './conversation-directory.contract.js';
export { deviceDirectoryContract, type DeviceDirectoryUnderTest } from './device-directory.contract.js';
export { InMemoryDeviceDirectory } from './in-memory-device-directory.js';
export { outboxContract, type OutboxUnderTest } from './outbox.contract.js';
export { TemporaryPostgres } from './temporary-postgres.js';
export { tokenFamiliesContract, type TokenFamiliesUnderTest } from './token-families.contract.js';
export { userDirectoryContract } from './user-directory.contract.js';
