import { Injectable } from '@nestjs/common';
import { rejected, type EntryView, type HistoryQueryDto, type HistoryView, type Rejection } from '@parley/contracts';
import { EntryReader, type OpenedConversation } from '@parley/reading';
import { PageCursors } from '../http/page-cursors.js';

/** Entries, and the places from which to go on: `olderThan` is null where there is nothing older. */
interface Excerpt {
  items: EntryView[];
  olderThan: number | null;
  newerThan: number;
}

/**
 * A conversation's entries as far as the user may see them: the newest, those before a place, or those after one. A former
 * member reads what there was to see until then; `not_found` for everybody else. A cursor holds a seq, which is itself in
 * neither direction among the entries that follow.
 */
@Injectable()
export class ReadHistory {
  constructor(
    private readonly reader: EntryReader,
    private readonly cursors: PageCursors,
  ) {}

  async execute(userId: string, conversationId: string, query: HistoryQueryDto): Promise<HistoryView | Rejection> {
    const { before, after, limit } = query;
    if (before !== undefined && after !== undefined) return notBoth();
    const list = `messages:${conversationId}`;
    const cursor = before ?? after;
    const opened = cursor === undefined ? null : this.cursors.open<number>(userId, list, cursor);
    if (opened && !opened.ok) return opened;
    const conversation = await this.reader.open(userId, conversationId);
    if (conversation.visibility.within(1, conversation.head).length === 0) return rejected('not_found');
    const excerpt =
      opened && after !== undefined
        ? await this.newer(conversation, opened.place, limit)
        : await this.older(conversation, opened?.place ?? conversation.head + 1, limit);
    if (!excerpt) return rejected('unavailable', 'The next entries cannot be read yet');
    const { items, olderThan, newerThan } = excerpt;
    return {
      items,
      before: olderThan === null ? null : this.cursors.seal(userId, list, olderThan),
      after: this.cursors.seal(userId, list, newerThan),
    };
  }

  /** Null where there is more, but the first of it did not come. */
  private async older(conversation: OpenedConversation, beforeSeq: number, limit: number): Promise<Excerpt | null> {
    const page = await this.reader.backward(conversation, beforeSeq, { entries: limit });
    const items = page.entries.map(({ entry }) => entry);
    if (items.length === 0 && page.hasMore) return null;
    return {
      items,
      olderThan: page.hasMore ? page.position : null,
      newerThan: items[0]?.seq ?? beforeSeq - 1,
    };
  }

  /** Null where there is more, but the first of it did not come. */
  private async newer(conversation: OpenedConversation, afterSeq: number, limit: number): Promise<Excerpt | null> {
    const page = await this.reader.forward(conversation, afterSeq, { entries: limit });
    const items = page.entries.map(({ entry }) => entry);
    if (items.length === 0 && page.hasMore) return null;
    const first = items[0]?.seq ?? page.position + 1;
    return {
      items,
      olderThan: conversation.visibility.within(1, first - 1).length > 0 ? first : null,
      newerThan: page.position,
    };
  }
}

function notBoth(): Rejection {
  const message = 'cannot be given together with before';
  return rejected('validation_failed', `after ${message}`, { faults: [{ path: 'after', message }] });
}
