import type { DeleteRecordDto, EditRecordDto, ReactRecordDto } from '@parley/contracts';
import type { ConversationRow, EntryRow } from '@parley/message-store';
import type { ConversationState, TargetState } from './conversation-state.js';

/** A record about an earlier message. */
export type TargetRecord = EditRecordDto | DeleteRecordDto | ReactRecordDto;

/**
 * What an accepted edit, deletion or reaction writes beside its own entry, so that its target shows it; moves on what is
 * known of the target.
 */
export function changeTarget(
  state: ConversationState,
  entry: EntryRow,
  record: TargetRecord,
  target: TargetState,
): ConversationRow[] {
  const emojiSince = emojiAfter(entry, record, target);
  state.unstoredTargets.set(record.target_id, {
    ...target,
    emojiSince,
    deletedSeq: record.kind === 'delete' ? entry.seq : target.deletedSeq,
    unstored: (state.unstoredTargets.get(record.target_id)?.unstored ?? 0) + 1,
  });
  return record.kind === 'react' ? reactionRows(entry, record, target, emojiSince) : [patchRow(entry, record, target)];
}

function patchRow(entry: EntryRow, record: EditRecordDto | DeleteRecordDto, target: TargetState): ConversationRow {
  const { conversation_id, seq, sent_at } = entry;
  const patch = record.kind === 'edit' ? { edited_at: sent_at, content: record.content } : { deleted_at: sent_at };
  return { row: 'patch', conversation_id, seq: target.seq, by_seq: seq, patch };
}

/** None where an emoji is taken back that nobody ever gave. */
function reactionRows(
  entry: EntryRow,
  { emoji, op }: ReactRecordDto,
  target: TargetState,
  emojiSince: TargetState['emojiSince'],
): ConversationRow[] {
  const since_seq = emojiSince.get(emoji);
  if (since_seq === undefined) return [];
  const { conversation_id, seq: by_seq, sender_id: user_id } = entry;
  return [{ row: 'reaction', conversation_id, seq: target.seq, emoji, user_id, op, by_seq, since_seq }];
}

function emojiAfter(entry: EntryRow, record: TargetRecord, { emojiSince }: TargetState): TargetState['emojiSince'] {
  const isNew = record.kind === 'react' && record.op === 'add' && !emojiSince.has(record.emoji);
  return isNew ? new Map([...emojiSince, [record.emoji, entry.seq]]) : emojiSince;
}
