export { ConversationStore, type DeduplicationKey, type EntryRange } from './conversation-store.js';
export { InboxStore } from './inbox-store.js';
export { CursorStore } from './cursor-store.js';
export { EmbeddedConversationStore } from './embedded/embedded-conversation-store.js';
export { EmbeddedInboxStore } from './embedded/embedded-inbox-store.js';
export { EmbeddedCursorStore } from './embedded/embedded-cursor-store.js';
export type {
  ConversationRow,
  DeduplicationRow,
  DeviceKey,
  EntryBody,
  EntryRow,
  HeadRow,
  InboxActivity,
  InboxRow,
  InboxWrite,
  Membership,
  MembershipEnd,
  MembershipStart,
  PatchRow,
  StoredEntry,
} from './rows.js';
