import type { EntryView } from '@parley/contracts';
import { beforeEach, describe, expect, it } from 'vitest';
import { Timeline } from './timeline.js';

const HERE = '11';

function entry(seq: number, conversationId = HERE): EntryView {
  return {
    kind: 'message',
    seq,
    message_id: `${conversationId}${seq}`,
    conversation_id: conversationId,
    sender_id: '7',
    client_msg_id: null,
    sent_at: '2024-01-01T00:00:00.000Z',
  };
}

describe('Timeline', () => {
  let timeline: Timeline;
  const shown = (): number[] => timeline.of(HERE).map(({ seq }) => seq);

  beforeEach(() => {
    timeline = new Timeline();
  });

  it('begins a conversation that it does not know with the first live entry', () => {
    expect(timeline.live(entry(5))).toBe('shown');
    expect(timeline.position(HERE)).toBe(5);
  });

  it('shows the next entry, drops what it has and stops at a gap', () => {
    timeline.live(entry(1));
    expect(timeline.live(entry(2))).toBe('shown');
    expect(timeline.live(entry(2))).toBe('dropped');
    expect(timeline.live(entry(4))).toBe('gap');
    expect(shown()).toEqual([1, 2]);
  });

  it('shows of a batch only what is new and goes to its end, also where that lies above the last entry', () => {
    timeline.live(entry(1));
    timeline.batch({ conversation_id: HERE, messages: [entry(1), entry(2)], after_seq: 0, to_seq: 6 });
    expect(shown()).toEqual([1, 2]);
    expect(timeline.live(entry(7))).toBe('shown');
  });

  it('takes the jump in an answer to a pull as entries that are not visible', () => {
    timeline.live(entry(1));
    timeline.pulled(HERE, { messages: [entry(8), entry(9)], to_seq: 9 });
    expect(shown()).toEqual([1, 8, 9]);
  });

  it('never moves a position back', () => {
    timeline.live(entry(9));
    timeline.pulled(HERE, { messages: [], to_seq: 3 });
    expect(timeline.position(HERE)).toBe(9);
  });

  it('keeps conversations apart and goes on from given positions', () => {
    timeline = new Timeline({ [HERE]: 4, 12: 1 });
    expect(timeline.live(entry(2, '12'))).toBe('shown');
    expect(timeline.live(entry(4))).toBe('dropped');
    expect(timeline.live(entry(6))).toBe('gap');
  });
});
