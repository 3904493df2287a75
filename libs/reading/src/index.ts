export { AnnounceReceipts } from './announce-receipts.js';
export { ReceiptAudience } from './receipt-audience.js';
export { toEntryView } from './entry-view.js';
export {
  EntryReader,
  type OpenedConversation,
  type ReadEntry,
  type ReadLimits,
  type ReadPage,
} from './entry-reader.js';
export { MarkRead } from './mark-read.js';
export { Pace, type PaceLimits } from './pace.js';
export { PullEntries, type PulledEntries } from './pull-entries.js';
export { ReaderClock, SystemReaderClock } from './reader-clock.js';
export { ReadingModule } from './reading.module.js';
export { unreadCount } from './unread-count.js';
export { Visibility, type SeqRange } from './visibility.js';
