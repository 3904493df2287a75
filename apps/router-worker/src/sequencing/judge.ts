import type {
  Accepted,
  BlockRecordDto,
  ChangeRecordDto,
  ReactRecordDto,
  Refused,
  SubmitRecord,
} from '@parley/contracts';
import { comparePositions, digestOf, limits } from '@parley/contracts';
import type { BlockChangeRow } from '@parley/message-store';
import type { RecordAtHand } from './record-at-hand.js';
import { keyOf, type ConversationState, type KeyState, type TargetState } from './conversation-state.js';
import { sequenceChange, sequenceSubmission, type Sequenced } from './sequence.js';

const TOO_MANY_EMOJI = `A message takes at most ${limits.MAX_EMOJI} different emoji`;

/** What was read for a batch in one conversation: rows of the past, which may hold more than the past (see `asOf`). */
export interface Known {
  keys: Map<string, KeyState>;
  targets: Map<string, TargetState>;
}

/**
 * An accepted record brings an entry with it, a duplicate or a refusal brings none. No outcome means no verdict: who waits
 * finds the entry by its id, or the block change by its version.
 */
export interface Judgement {
  outcome: Accepted | Refused | null;
  sequenced: Sequenced | null;
  /** A record without a seq that changes what is accepted after it. */
  blockChange?: BlockChangeRow;
}

/**
 * The verdict on one record, and its entry where it is accepted. A pure function of the log's prefix: no clock, no
 * configuration, no other state than the conversation's as of this record.
 */
export function judge(state: ConversationState, at: RecordAtHand, known: Known): Judgement {
  if (at.record.type === 'change') return judgeChange(state, at as RecordAtHand<ChangeRecordDto>);
  if (at.record.type === 'block') return judgeBlock(state, at as RecordAtHand<BlockRecordDto>);
  return judgeSubmission(state, at as RecordAtHand<SubmitRecord>, known);
}

function judgeSubmission(state: ConversationState, at: RecordAtHand<SubmitRecord>, known: Known): Judgement {
  const { record } = at;
  const digest = digestOf(record);
  const first = firstAttempt(state, at, known);
  if (first) return { outcome: repeated(first, digest), sequenced: null };
  const refusal = refusalOf(state, record, known);
  if (refusal) return { outcome: refusal, sequenced: null };
  const target = 'target_id' in record ? targetOf(state, record.target_id, known) : null;
  const sequenced = sequenceSubmission(state, at, digest, target);
  return { outcome: acceptedAs(sequenced), sequenced };
}

/** An attempt with this key that was accepted before: at a lower position, and not longer ago than keys are remembered. */
function firstAttempt(state: ConversationState, at: RecordAtHand<SubmitRecord>, known: Known): KeyState | null {
  const key = keyOf(at.record.sender_id, at.record.client_msg_id);
  const first = state.unstoredKeys.get(key) ?? known.keys.get(key);
  if (!first || comparePositions(first.position, at.position) >= 0) return null;
  return at.appendedAt - first.sent_at > limits.DEDUPLICATION_MS ? null : first;
}

function repeated(first: KeyState, digest: string): Accepted | Refused {
  if (first.digest !== digest) return refused('conflict', 'This client_msg_id was used with other content');
  return {
    accepted: true,
    message_id: first.message_id,
    seq: first.seq,
    sent_at: rfc3339(first.sent_at),
    repeated: true,
  };
}

function refusalOf(state: ConversationState, record: SubmitRecord, known: Known): Refused | null {
  const member = state.members.get(record.sender_id);
  if (!member) return refused('not_found', 'No such conversation');
  if (state.isBlocked) return refused('forbidden', 'One of the two blocks the other');
  if (record.kind === 'message') {
    const found =
      isLabel(state, record.thread_id, known) && isReplyable(state, record.sender_id, record.reply_to, known);
    return found ? null : refused('not_found', 'No such message');
  }
  const target = targetOf(state, record.target_id, known);
  if (target?.kind !== 'message' || target.deletedSeq !== null || !state.sees(record.sender_id, target.seq)) {
    return refused('not_found', 'No such message');
  }
  if (record.kind === 'react') return hasRoomFor(record, target) ? null : refused('conflict', TOO_MANY_EMOJI);
  if (target.sender_id === record.sender_id) return null;
  const mayDeleteAny = record.kind === 'delete' && member.role !== 'member';
  return mayDeleteAny ? null : refused('forbidden', "Not one's own message");
}

/**
 * Emoji are counted over the message's whole life: unlike those that somebody still holds, these are known for any place
 * of the sequence, however much of it has been overwritten.
 */
function hasRoomFor({ emoji, op }: ReactRecordDto, { emojiSince }: TargetState): boolean {
  return op === 'remove' || emojiSince.has(emoji) || emojiSince.size < limits.MAX_EMOJI;
}

/** A thread may be older than the sender's membership: its id is only a label. */
function isLabel(state: ConversationState, id: string | null | undefined, known: Known): boolean {
  return id === null || id === undefined || targetOf(state, id, known)?.kind === 'message';
}

/** What one replies to is a message one can see. */
function isReplyable(state: ConversationState, senderId: string, id: string | null | undefined, known: Known): boolean {
  if (id === null || id === undefined) return true;
  const target = targetOf(state, id, known);
  return target?.kind === 'message' && state.sees(senderId, target.seq);
}

/** A message as of this record: what a replayed tail stored lies in the future, be it the message or what became of it. */
function targetOf(state: ConversationState, messageId: string, known: Known): TargetState | null {
  const unstored = state.unstoredTargets.get(messageId);
  if (unstored) return unstored;
  const target = known.targets.get(messageId);
  if (!target || target.seq > state.lastSeq) return null;
  const deleted = target.deletedSeq !== null && target.deletedSeq <= state.lastSeq;
  const emojiSince = new Map([...target.emojiSince].filter(([, since]) => since <= state.lastSeq));
  return { ...target, deletedSeq: deleted ? target.deletedSeq : null, emojiSince };
}

/**
 * Rights were judged when the change was decided. What is left is to take each version once, since the relay may publish
 * one again.
 */
function judgeChange(state: ConversationState, at: RecordAtHand<ChangeRecordDto>): Judgement {
  const { record } = at;
  if (record.version <= state.version) return { outcome: null, sequenced: null };
  if ((record.change === 'created') !== (state.lastSeq === 0)) {
    return { outcome: refused('not_found', 'No such conversation'), sequenced: null };
  }
  const sequenced = sequenceChange(state, at);
  return { outcome: acceptedAs(sequenced), sequenced };
}

/** Like a change, each version once; but it takes no seq, and there is nothing to tell anybody. */
function judgeBlock(state: ConversationState, { record, position }: RecordAtHand<BlockRecordDto>): Judgement {
  const nothing = { outcome: null, sequenced: null };
  const { conversation_id, version, is_blocked } = record;
  if (state.lastSeq === 0 || version <= state.version) return nothing;
  state.takeBlock(record);
  state.unstored += 1;
  return { ...nothing, blockChange: { row: 'block-change', conversation_id, version, position, is_blocked } };
}

function acceptedAs({ entry }: Sequenced): Accepted {
  return {
    accepted: true,
    message_id: entry.message_id,
    seq: entry.seq,
    sent_at: rfc3339(entry.sent_at),
    repeated: false,
  };
}

function refused(code: Refused['code'], message: string): Refused {
  return { accepted: false, code, message };
}

function rfc3339(ms: number): string {
  return new Date(ms).toISOString();
}
