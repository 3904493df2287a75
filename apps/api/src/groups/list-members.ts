import { Injectable } from '@nestjs/common';
import { rejected, type MemberView, type Page, type PageQueryDto, type Rejection } from '@parley/contracts';
import { ConversationDirectory, type MemberRecord } from '@parley/entities';
import { PageCursors } from '../http/page-cursors.js';
import { isInGroup } from './is-in-group.js';
import { memberView } from './member-view.js';

type Place = Pick<MemberRecord, 'joined_at' | 'user_id'>;

/** The members of a group by the time they joined. */
@Injectable()
export class ListMembers {
  constructor(
    private readonly conversations: ConversationDirectory,
    private readonly cursors: PageCursors,
  ) {}

  async execute(userId: string, groupId: string, page: PageQueryDto): Promise<Page<MemberView> | Rejection> {
    if (!(await isInGroup(this.conversations, groupId, userId))) return rejected('not_found');
    const list = `members:${groupId}`;
    const opened = page.cursor === undefined ? null : this.cursors.open<Place>(userId, list, page.cursor);
    if (opened && !opened.ok) return opened;
    // One more than asked for tells whether there is a next page.
    const found = await this.conversations.members(groupId, { limit: page.limit + 1, after: opened?.place });
    const members = found.slice(0, page.limit);
    const last = members.at(-1);
    const hasMore = found.length > members.length && last !== undefined;
    return {
      items: members.map(memberView),
      next_cursor: hasMore
        ? this.cursors.seal(userId, list, { joined_at: last.joined_at, user_id: last.user_id } satisfies Place)
        : null,
    };
  }
}
