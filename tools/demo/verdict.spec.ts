import type { EntryView } from '@parley/contracts';
import { describe, expect, it } from 'vitest';
import { judge } from './verdict.js';

const TEXTS = ['one', 'two', 'three'];
const BEFORE = 2;

function entry(seq: number): EntryView {
  return {
    kind: 'message',
    seq,
    message_id: `10${seq}`,
    conversation_id: '7',
    sender_id: '8',
    client_msg_id: null,
    sent_at: '2024-01-01T00:00:00.000Z',
    content: { type: 'text', text: TEXTS[seq - BEFORE - 1] ?? 'before' },
  };
}

const history = [1, 2, 3, 4, 5].map(entry);

function broken(shown: EntryView[], stored = history): string[] {
  return judge({ shown, before: BEFORE, texts: TEXTS, history: stored }).flatMap(({ claim, holds }) =>
    holds ? [] : [claim],
  );
}

describe('judge', () => {
  it('bears out every claim when everything came once and in order', () => {
    expect(broken(history)).toEqual([]);
  });

  it('sees a message that is missing', () => {
    expect(broken(history.toSpliced(3, 1))).toContain('Bob has all 3 messages');
  });

  it('sees one that came twice', () => {
    expect(broken([...history, entry(5)])).toContain('each of them once');
  });

  it('sees a wrong order', () => {
    expect(broken([...history.slice(0, 3), entry(5), entry(4)])).toContain('in the order in which Alice sent them');
  });

  it('sees a history that says something else', () => {
    expect(broken(history, history.slice(0, 4))).toEqual(['and the history says the same']);
  });
});
