import { Injectable } from '@nestjs/common';
import { rejected, type Rejection, type UserView } from '@parley/contracts';
import { UserDirectory } from '@parley/entities';
import { userView } from './user-view.js';

@Injectable()
export class ShowUser {
  constructor(private readonly users: UserDirectory) {}

  async execute(userId: string): Promise<UserView | Rejection> {
    const user = await this.users.findById(userId);
    return user ? userView(user) : rejected('not_found', 'No such user');
  }
}
