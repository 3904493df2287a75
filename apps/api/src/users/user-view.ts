import type { UserView } from '@parley/contracts';
import type { User } from '@parley/entities';

/** A user as others see it ("U" in the protocol). */
export function userView(user: User): UserView {
  return {
    user_id: user.user_id,
    handle: user.handle,
    display_name: user.display_name,
    avatar_url: user.avatar_url,
    created_at: new Date(user.created_at).toISOString(),
  };
}
