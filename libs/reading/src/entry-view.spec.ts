import { describe, expect, it } from 'vitest';
import { entryRow, reactionRow, storedEntry } from '@parley/message-store/testing';
import { toEntryView } from './entry-view.js';

const stored = (more: Parameters<typeof entryRow>[2] = {}) =>
  storedEntry(entryRow('500', 3, { sent_at: 1_750_000_000_123, ...more }));

describe('an entry as clients see it', () => {
  const text = { type: 'text' as const, text: 'Hello' };

  it('shows a message with its optional fields as null or empty, and no field of another kind', () => {
    expect(toEntryView(stored({ body: { content: text } }))).toEqual({
      kind: 'message',
      seq: 3,
      message_id: '70003',
      conversation_id: '500',
      sender_id: '901',
      client_msg_id: '00000000-0000-4000-8000-000000000003',
      sent_at: '2025-06-15T15:06:40.123Z',
      content: text,
      reply_to: null,
      thread_id: null,
      mentions: [],
      edited_at: null,
      deleted_at: null,
      reactions: [],
    });
  });

  it('carries reply, thread and mentions', () => {
    const body = { content: text, reply_to: '7', thread_id: '8', mentions: ['9', '10'] };
    expect(toEntryView(stored({ body }))).toMatchObject({ reply_to: '7', thread_id: '8', mentions: ['9', '10'] });
  });

  it('shows when a message was edited, and nothing of the content of a deleted one', () => {
    const edited = { ...stored({ body: { content: text } }), edited_at: 1_750_000_060_000, edited_seq: 4 };
    expect(toEntryView(edited)).toMatchObject({ content: text, edited_at: '2025-06-15T15:07:40.000Z' });
    const deleted = { ...edited, deleted_at: 1_750_000_120_000, deleted_seq: 5 };
    expect(toEntryView(deleted)).toMatchObject({ content: null, deleted_at: '2025-06-15T15:08:40.000Z' });
  });

  it('shows what an edit and a deletion are about', () => {
    const edit = toEntryView(stored({ kind: 'edit', body: { target_id: '70001', target_seq: 1, content: text } }));
    expect(edit).toMatchObject({ kind: 'edit', target_id: '70001', content: text });
    const deletion = toEntryView(stored({ kind: 'delete', body: { target_id: '70001', target_seq: 1 } }));
    expect(deletion).toMatchObject({ kind: 'delete', target_id: '70001' });
    for (const view of [edit, deletion]) {
      for (const foreign of ['target_seq', 'mentions', 'change', 'edited_at']) expect(view).not.toHaveProperty(foreign);
    }
  });

  it('shows who reacted with what: emoji as they came, users by id, and nobody who took it back', () => {
    const row = (user_id: string, emoji: string, since_seq: number, by_seq: number, op: 'add' | 'remove' = 'add') =>
      reactionRow('500', 3, by_seq, { user_id, emoji, since_seq, op });
    const reactions = [
      row('1000', '👍', 5, 5),
      row('902', '👍', 5, 9),
      row('903', '👍', 5, 7, 'remove'),
      row('901', '🎉', 4, 8),
      row('904', '💤', 6, 10, 'remove'),
    ];
    for (const order of [reactions, reactions.toReversed()]) {
      expect(toEntryView({ ...stored({ body: { content: text } }), reactions: order }).reactions).toEqual([
        { emoji: '🎉', user_ids: ['901'] },
        { emoji: '👍', user_ids: ['902', '1000'] },
      ]);
    }
  });

  it('shows a reaction as an entry of its own', () => {
    const body = { target_id: '70001', target_seq: 1, emoji: '👍', op: 'remove' as const };
    const view = toEntryView(stored({ kind: 'react', body }));
    expect(view).toMatchObject({ kind: 'react', target_id: '70001', emoji: '👍', op: 'remove' });
    for (const foreign of ['target_seq', 'content', 'reactions']) expect(view).not.toHaveProperty(foreign);
  });

  it('shows who a conversation began with, and no client_msg_id for an update', () => {
    const body = {
      change: 'created' as const,
      conversation_kind: 'group' as const,
      user_ids: ['1', '2'],
      title: 'Tea',
    };
    const view = toEntryView(stored({ kind: 'update', client_msg_id: null, body }));
    expect(view).toMatchObject({ client_msg_id: null, change: 'created', user_ids: ['1', '2'], title: 'Tea' });
    for (const foreign of ['content', 'user_id', 'role', 'conversation_kind']) expect(view).not.toHaveProperty(foreign);
  });

  it('shows whom a change of membership concerns', () => {
    const body = { change: 'member_joined' as const, user_id: '7', role: 'member' as const };
    const view = toEntryView(stored({ kind: 'update', client_msg_id: null, body }));
    expect(view).toMatchObject({ change: 'member_joined', user_id: '7', role: 'member' });
    expect(view).not.toHaveProperty('user_ids');
  });
});
