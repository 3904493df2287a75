import { Injectable } from '@nestjs/common';
import { rejected, type Rejection, type UpdateUserDto, type UserView } from '@parley/contracts';
import { UserDirectory } from '@parley/entities';
import { userView } from './user-view.js';

/** Changes what is given of the caller's own profile; null clears. */
@Injectable()
export class UpdateProfile {
  constructor(private readonly users: UserDirectory) {}

  async execute(userId: string, { display_name, avatar_url }: UpdateUserDto): Promise<UserView | Rejection> {
    const user = await this.users.update(userId, {
      ...(display_name !== undefined && { display_name }),
      ...(avatar_url !== undefined && { avatar_url }),
    });
    return user ? userView(user) : rejected('not_found', 'No such user');
  }
}
