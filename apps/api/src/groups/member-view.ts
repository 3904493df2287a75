import type { MemberView } from '@parley/contracts';
import type { MemberRecord } from '@parley/entities';

export function memberView({ user_id, role, joined_at }: MemberRecord): MemberView {
  return { user_id, role, joined_at: new Date(joined_at).toISOString() };
}
