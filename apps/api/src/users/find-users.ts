import { Injectable } from '@nestjs/common';
import { rejected, type FindUsersDto, type Page, type Rejection, type UserView } from '@parley/contracts';
import { UserDirectory } from '@parley/entities';
import { userView } from './user-view.js';

/** Looks a handle up: a page of one user or none. It never has a second page, so no cursor is one of its own. */
@Injectable()
export class FindUsers {
  constructor(private readonly users: UserDirectory) {}

  async execute({ handle, cursor }: FindUsersDto): Promise<Page<UserView> | Rejection> {
    if (cursor !== undefined) return rejected('invalid_cursor');
    const user = await this.users.findByHandle(handle.toLowerCase());
    return { items: user ? [userView(user)] : [], next_cursor: null };
  }
}
