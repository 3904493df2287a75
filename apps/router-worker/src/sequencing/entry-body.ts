import type { ChangeRecordDto, SubmitRecord } from '@parley/contracts';
import type { EntryBody } from '@parley/message-store';
import type { TargetRecord } from './change-target.js';
import type { TargetState } from './conversation-state.js';

/** What an entry holds of the record that a client submitted. */
export function submissionBody(record: SubmitRecord, target: TargetState | null): EntryBody {
  if (record.kind !== 'message') {
    return { ...changeOf(record), target_id: record.target_id, target_seq: target?.seq };
  }
  return {
    content: record.content,
    reply_to: record.reply_to ?? null,
    thread_id: record.thread_id ?? null,
    mentions: record.mentions ?? [],
  };
}

function changeOf(record: TargetRecord): EntryBody {
  if (record.kind === 'edit') return { content: record.content };
  return record.kind === 'react' ? { emoji: record.emoji, op: record.op } : {};
}

/** What an entry holds of a decided change; absent fields stay absent. */
export function changeBody(record: ChangeRecordDto): EntryBody {
  const { change, conversation_kind, members, user_id, role, title } = record;
  return {
    change,
    ...(conversation_kind ? { conversation_kind } : {}),
    ...(members ? { user_ids: members.map((member) => member.user_id) } : {}),
    ...(user_id ? { user_id } : {}),
    ...(role ? { role } : {}),
    ...(title ? { title } : {}),
  };
}
