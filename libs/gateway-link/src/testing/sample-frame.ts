import type { EntryView, Verdict } from '@parley/contracts';
import type { LinkFrame } from '../gateway-link.js';

/** A frame with something in each of its parts, all of it told by `seq`; `pushes` of them. */
export function frameOf(seq: number, pushes = 1): LinkFrame {
  const verdict = verdictOf(seq);
  return {
    pushes: Array.from({ length: pushes }, () => ({
      entry: entryOf(seq),
      bytes: 200,
      session_ids: ['session-1', 'session-2'],
    })),
    verdicts: [verdict],
    heads: [{ conversation_id: '7', last_seq: seq, session_ids: ['session-1'] }],
    compare: seq % 2 === 1,
  };
}

function entryOf(seq: number): EntryView {
  return {
    kind: 'message',
    seq,
    message_id: `10${seq}`,
    conversation_id: '7',
    sender_id: '1',
    client_msg_id: null,
    sent_at: '2025-01-01T00:00:00.000Z',
    // Longer in bytes than in characters, on purpose.
    content: { type: 'text', text: `nümber ${seq} 🦜` },
  };
}

function verdictOf(seq: number): Verdict {
  const { message_id, sent_at } = entryOf(seq);
  return { message_id, conversation_id: '7', outcome: { accepted: true, message_id, seq, sent_at, repeated: false } };
}
