export { ConversationStore, type DeduplicationKey, type EntryRange } from './conversation-store.js';
export { InboxStore } from './inbox-store.js';
export { CursorStore } from './cursor-store.js';
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
