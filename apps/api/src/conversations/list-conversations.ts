import { Injectable } from '@nestjs/common';
import type { ConversationView, Page, PageQueryDto, Rejection } from '@parley/contracts';
import { InboxStore, type InboxRow } from '@parley/message-store';
import { PageCursors } from '../http/page-cursors.js';
import { DescribeConversations } from './describe-conversations.js';

const LIST = 'conversations';

/** The last row of a page: the next one begins after it. */
interface Place {
  at: number;
  id: string;
}

/**
 * The conversations of a user, newest activity first. A cursor names a place in time, so a page never repeats what an
 * earlier one showed; a conversation that becomes active while somebody turns pages moves to the front, above the place.
 */
@Injectable()
export class ListConversations {
  constructor(
    private readonly inbox: InboxStore,
    private readonly describe: DescribeConversations,
    private readonly cursors: PageCursors,
  ) {}

  async execute(userId: string, { cursor, limit }: PageQueryDto): Promise<Page<ConversationView> | Rejection> {
    const opened = cursor === undefined ? null : this.cursors.open<Place>(userId, LIST, cursor);
    if (opened && !opened.ok) return opened;
    const rows = (await this.inbox.readInbox(userId))
      .filter((row) => row.to_seq === null && (!opened || compare(opened.place, placeOf(row)) < 0))
      .sort((a, b) => compare(placeOf(a), placeOf(b)));
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    return {
      items: await this.describe.execute(userId, shown),
      next_cursor: last && rows.length > shown.length ? this.cursors.seal(userId, LIST, placeOf(last)) : null,
    };
  }
}

function placeOf({ last_activity_at, conversation_id }: InboxRow): Place {
  return { at: last_activity_at, id: conversation_id };
}

/** Newest first, and the younger conversation first where the times are equal. */
function compare(a: Place, b: Place): number {
  return b.at - a.at || Number(BigInt(b.id) - BigInt(a.id));
}
