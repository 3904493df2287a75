import { Injectable } from '@nestjs/common';
import type { BlockedUserView, Page, PageQueryDto, Rejection } from '@parley/contracts';
import { BlockDirectory, UserDirectory, type BlockedUser } from '@parley/entities';
import { PageCursors } from '../http/page-cursors.js';
import { userView } from '../users/user-view.js';

const LIST = 'blocks';

/** Whom the user blocks, in the order in which that began. */
@Injectable()
export class ListBlocks {
  constructor(
    private readonly blocks: BlockDirectory,
    private readonly users: UserDirectory,
    private readonly cursors: PageCursors,
  ) {}

  async execute(userId: string, page: PageQueryDto): Promise<Page<BlockedUserView> | Rejection> {
    const opened = page.cursor === undefined ? null : this.cursors.open<BlockedUser>(userId, LIST, page.cursor);
    if (opened && !opened.ok) return opened;
    // One more than asked for tells whether there is a next page.
    const found = await this.blocks.blockedBy(userId, { limit: page.limit + 1, after: opened?.place });
    const blocked = found.slice(0, page.limit);
    const last = blocked.at(-1);
    const users = await this.users.findByIds(blocked.map(({ user_id }) => user_id));
    return {
      items: blocked.flatMap(({ user_id, blocked_at }) => {
        const user = users.get(user_id);
        return user ? [{ ...userView(user), blocked_at: new Date(blocked_at).toISOString() }] : [];
      }),
      next_cursor: last && found.length > blocked.length ? this.cursors.seal(userId, LIST, last) : null,
    };
  }
}
