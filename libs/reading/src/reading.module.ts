import { Module } from '@nestjs/common';
import { EntryReader } from './entry-reader.js';
import { PullEntries } from './pull-entries.js';
import { ReaderClock, SystemReaderClock } from './reader-clock.js';

/** What gateway and API read entries with. Needs a ConversationStore, which the composition provides globally. */
@Module({
  providers: [EntryReader, PullEntries, { provide: ReaderClock, useClass: SystemReaderClock }],
  exports: [EntryReader, PullEntries],
})
export class ReadingModule {}
