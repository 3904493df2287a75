import { ChangeRecordDto } from '@parley/contracts';
import type { OutboxRow } from '@parley/entities';

/** A decided change as the router reads it; what a change does not carry is left out. */
export function changeRecordOf(row: OutboxRow): ChangeRecordDto {
  const { message_id, conversation_id, version, change, conversation_kind, members, user_id, role, title } = row;
  return {
    v: 1,
    type: 'change',
    message_id,
    conversation_id,
    sender_id: row.actor_id,
    version,
    change,
    ...(conversation_kind !== null && { conversation_kind }),
    ...(members !== null && { members }),
    ...(user_id !== null && { user_id }),
    ...(role !== null && { role }),
    ...(title !== null && { title }),
  };
}
