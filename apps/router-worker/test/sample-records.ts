import type {
  BlockRecordDto,
  Change,
  ChangeRecordDto,
  LogRecord,
  MessageRecordDto,
  SubmitRecord,
} from '@parley/contracts';
import type { RecordAtHand } from '../src/sequencing/record-at-hand.js';

export const CONVERSATION = '500';
export const [ALICE, BOB, CAROL] = ['901', '902', '903'] as const;

export function clientMessageId(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

function submission(number: number, sender_id: string) {
  const ids = { message_id: String(70_000 + number), conversation_id: CONVERSATION, sender_id };
  return { v: 1 as const, type: 'submit' as const, ...ids, client_msg_id: clientMessageId(number) };
}

/** Message `number`: its id, key and text follow from it. */
export function message(number: number, more: Partial<MessageRecordDto> = {}): MessageRecordDto {
  return { ...submission(number, ALICE), kind: 'message', content: { type: 'text', text: `text ${number}` }, ...more };
}

export function edit(number: number, target_id: string, sender_id: string = ALICE): SubmitRecord {
  const content = { type: 'text' as const, text: `text ${number}` };
  return { ...submission(number, sender_id), kind: 'edit', target_id, content };
}

export function deletion(number: number, target_id: string, sender_id: string = ALICE): SubmitRecord {
  return { ...submission(number, sender_id), kind: 'delete', target_id };
}

export function reaction(
  number: number,
  target_id: string,
  more: { sender_id?: string; emoji?: string; op?: 'add' | 'remove' } = {},
): SubmitRecord {
  return { ...submission(number, ALICE), kind: 'react', target_id, emoji: '👍', op: 'add', ...more };
}

export function change(version: number, what: Change, more: Partial<ChangeRecordDto> = {}): ChangeRecordDto {
  const ids = { message_id: String(80_000 + version), conversation_id: CONVERSATION, sender_id: ALICE };
  return { v: 1, type: 'change', ...ids, version, change: what, ...more };
}

/** A change of "either blocks the other". */
export function block(version: number, is_blocked: boolean): BlockRecordDto {
  const ids = { message_id: String(80_000 + version), conversation_id: CONVERSATION, sender_id: ALICE };
  return { v: 1, type: 'block', ...ids, version, is_blocked };
}

/** Alice owns the group, Bob is in it. */
export function created(more: Partial<ChangeRecordDto> = {}): ChangeRecordDto {
  const members = [
    { user_id: ALICE, role: 'owner' as const },
    { user_id: BOB, role: 'member' as const },
  ];
  return change(1, 'created', { conversation_kind: 'group', members, title: 'A group', ...more });
}

/** Offset 10 a second after offset 0. */
export function at<R extends LogRecord>(record: R, offset: number): RecordAtHand<R> {
  return {
    record,
    position: { epoch: 0, offset },
    appendedAt: Date.UTC(2026, 0, 1) + offset * 100,
    verdictTo: null,
    trace: null,
  };
}
