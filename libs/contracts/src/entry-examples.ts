import type { EntryKind, EntryView } from './entry.js';

const entry = {
  message_id: '7234982347239425',
  conversation_id: '7234982347239424',
  sender_id: '7234982347230001',
  client_msg_id: '0f9c1d6e-7e0b-4a55-9d2b-0d8f6c1f1a11',
  sent_at: '2026-01-31T12:34:56.789Z',
};
const target_id = '7234982347239425';

/** For the documents: the story of one message, and somebody who joins. */
export const ENTRY_EXAMPLES: Record<EntryKind, EntryView> = {
  message: { ...entry, kind: 'message', seq: 2, content: { type: 'text', text: 'Hello' } },
  edit: { ...entry, kind: 'edit', seq: 3, target_id, content: { type: 'text', text: 'Hello Bob' } },
  react: { ...entry, kind: 'react', seq: 4, target_id, emoji: '👍', op: 'add' },
  delete: { ...entry, kind: 'delete', seq: 5, target_id },
  update: {
    ...entry,
    kind: 'update',
    seq: 6,
    client_msg_id: null,
    change: 'member_joined',
    user_id: '7234982347230003',
    role: 'member',
  },
};
