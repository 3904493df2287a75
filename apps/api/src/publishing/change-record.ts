import { type BlockRecordDto, ChangeRecordDto } from '@parley/contracts';
import type { OutboxRow } from '@parley/entities';

/** A decided change as the router reads it; what a change does not carry is left out. */
export function changeRecordOf(row: OutboxRow): ChangeRecordDto | BlockRecordDto {
  const { message_id, conversation_id, version, change, conversation_kind, members, user_id, role, title } = row;
  const ids = { message_id, conversation_id, sender_id: row.actor_id, version };
  if (change === 'blocked' || change === 'unblocked') {
    return { v: 1, type: 'block', ...ids, is_blocked: change === 'blocked' };
  }
  return {
    v: 1,
    type: 'change',
    ...ids,
    change,
    ...(conversation_kind !== null && { conversation_kind }),
    ...(members !== null && { members }),
    ...(user_id !== null && { user_id }),
    ...(role !== null && { role }),
    ...(title !== null && { title }),
  };
}
