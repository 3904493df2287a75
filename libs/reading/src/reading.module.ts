import { Module } from '@nestjs/common';
import { AnnounceReceipts } from './announce-receipts.js';
import { EntryReader } from './entry-reader.js';
import { MarkRead } from './mark-read.js';
import { PullEntries } from './pull-entries.js';
import { ReaderClock, SystemReaderClock } from './reader-clock.js';
import { ReceiptAudience } from './receipt-audience.js';

/**
 * What gateway and API read entries with, and note and announce what was read. The composition provides globally what it
 * stands on: the stores, the session registry and signals.
 */
@Module({
  providers: [
    EntryReader,
    PullEntries,
    MarkRead,
    AnnounceReceipts,
    ReceiptAudience,
    { provide: ReaderClock, useClass: SystemReaderClock },
  ],
  exports: [EntryReader, PullEntries, MarkRead, AnnounceReceipts, ReceiptAudience],
})
export class ReadingModule {}
