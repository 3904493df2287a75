import { digestOf, limits, type LogRecord, type SubmitRecord } from '@parley/contracts';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  ALICE,
  at,
  block,
  BOB,
  CAROL,
  change,
  created,
  deletion,
  edit,
  message,
  reaction,
} from '../../test/sample-records.js';
import { ConversationState, keyOf, type KeyState, type TargetState } from './conversation-state.js';
import { judge, type Judgement } from './judge.js';

describe('judging', () => {
  let state: ConversationState;
  let offset: number;
  let keys: Map<string, KeyState>;
  let targets: Map<string, TargetState>;

  beforeEach(() => {
    state = new ConversationState('500');
    offset = 0;
    keys = new Map();
    targets = new Map();
  });

  /** Judges one record after the other, at offsets 0, 1, 2... */
  function take(...records: LogRecord[]): Judgement[] {
    return records.map((record) => judge(state, at(record, offset++), { keys, targets }));
  }

  function outcomes(...records: LogRecord[]) {
    return take(...records).map(({ outcome }) => outcome);
  }

  function stored(record: SubmitRecord, seq: number, position: number): void {
    const { sender_id, client_msg_id, message_id } = record;
    const sent_at = at(record, position).appendedAt;
    const row = { position: { epoch: 0, offset: position }, message_id, seq, sent_at, digest: digestOf(record) };
    keys.set(keyOf(sender_id, client_msg_id), row);
  }

  it('accepts a member’s message with the next seq and the log’s time', () => {
    expect(outcomes(created(), message(1), message(2))).toEqual([
      { accepted: true, message_id: '80001', seq: 1, sent_at: '2026-01-01T00:00:00.000Z', repeated: false },
      { accepted: true, message_id: '70001', seq: 2, sent_at: '2026-01-01T00:00:00.100Z', repeated: false },
      { accepted: true, message_id: '70002', seq: 3, sent_at: '2026-01-01T00:00:00.200Z', repeated: false },
    ]);
  });

  it('answers outsiders and unknown conversations alike', () => {
    const [unknown] = outcomes(message(1));
    const [, outsider] = outcomes(created(), message(1, { sender_id: CAROL }));
    expect(unknown).toMatchObject({ accepted: false, code: 'not_found' });
    expect(outsider).toEqual(unknown);
    expect(state.lastSeq).toBe(1);
  });

  it('gives a retry in the same batch the first one’s verdict, and no entry', () => {
    take(created(), message(1));
    const [again] = take(message(1, { message_id: '79999' }));
    expect(again).toMatchObject({ outcome: { accepted: true, message_id: '70001', seq: 2, repeated: true } });
    expect(again.sequenced).toBeNull();
  });

  it('gives a retry the stored verdict, also after its sender has left', () => {
    stored(message(1, { sender_id: BOB }), 2, 1);
    offset = 5;
    const retry = message(1, { sender_id: BOB, message_id: '79999' });
    expect(outcomes(retry)).toMatchObject([{ accepted: true, message_id: '70001', seq: 2, repeated: true }]);
  });

  it('is no repetition of its own row, nor of a later one, when a tail is replayed', () => {
    take(created());
    stored(message(1), 2, 1);
    stored(message(2), 9, 40);
    expect(outcomes(message(1), message(2))).toMatchObject([
      { seq: 2, repeated: false },
      { seq: 3, repeated: false },
    ]);
  });

  it('forgets a key after 30 days', () => {
    take(created());
    stored(message(1), 2, 1);
    const old = keys.get(keyOf(ALICE, message(1).client_msg_id));
    if (old) old.sent_at -= limits.DEDUPLICATION_MS;
    offset = 1;
    expect(outcomes(message(1, { message_id: '79999' }))).toMatchObject([{ message_id: '79999', repeated: false }]);
  });

  it('is a conflict when the key comes with other content, another kind or other labels', () => {
    take(created(), message(1), message(2));
    const key = { client_msg_id: message(1).client_msg_id };
    const others: LogRecord[] = [
      message(9, key),
      { ...edit(9, '70001'), ...key },
      { ...reaction(9, '70001'), ...key },
      { ...message(1), reply_to: '70002' },
      { ...message(1), mentions: [BOB] },
    ];
    expect(outcomes(...others)).toEqual(others.map(() => expect.objectContaining({ code: 'conflict' })));
  });

  it('keeps the keys of two senders apart', () => {
    take(created(), message(1));
    expect(outcomes(message(1, { sender_id: BOB, message_id: '79999' }))).toMatchObject([{ seq: 3, repeated: false }]);
  });

  it('remembers no refusal: the same key is judged again when its sender has joined', () => {
    const early = message(1, { sender_id: CAROL });
    const joins = change(2, 'member_joined', { user_id: CAROL, role: 'member' });
    expect(outcomes(created(), early, joins, early)).toMatchObject([{}, { code: 'not_found' }, {}, { seq: 3 }]);
  });

  describe('what a record names', () => {
    it('lets authors edit and delete, and only a group’s owner and admins delete what is another’s', () => {
      take(created(), message(1), message(2, { sender_id: BOB }));
      expect(
        outcomes(
          edit(3, '70002', BOB),
          edit(4, '70002', ALICE),
          deletion(5, '70001', BOB),
          deletion(6, '70002', ALICE),
        ),
      ).toMatchObject([{ seq: 4 }, { code: 'forbidden' }, { code: 'forbidden' }, { seq: 5 }]);
    });

    it('finds nothing behind an unknown id, a deleted message, or the id of an edit', () => {
      take(created(), message(1), edit(2, '70001'), deletion(3, '70001'));
      expect(outcomes(edit(4, '12345'), edit(5, '70001'), deletion(6, '70001'), edit(7, '70002'))).toEqual(
        [4, 5, 6, 7].map(() => expect.objectContaining({ code: 'not_found' })),
      );
    });

    it('sees a stored target as of its own place: later messages are not there yet, later deletions neither', () => {
      take(created(), message(1));
      const target = { kind: 'message' as const, sender_id: ALICE, emojiSince: new Map(), unstored: 0 };
      state.unstoredTargets.clear();
      targets.set('70001', { ...target, seq: 2, deletedSeq: 9 });
      targets.set('70008', { ...target, seq: 8, deletedSeq: null });
      expect(outcomes(edit(2, '70001'), edit(3, '70008'))).toMatchObject([{ seq: 3 }, { code: 'not_found' }]);
    });

    it('hides from who joined later what was said before: nothing of it can be changed, not even by an admin', () => {
      const joins = change(2, 'member_joined', { user_id: CAROL, role: 'admin' });
      take(created(), message(1), joins, message(2));
      const about = (id: string): SubmitRecord[] => [
        edit(3, id, CAROL),
        reaction(4, id, { sender_id: CAROL }),
        deletion(5, id, CAROL),
      ];
      expect(outcomes(...about('70001'))).toEqual(about('').map(() => expect.objectContaining({ code: 'not_found' })));
      expect(outcomes(...about('70002'))).toMatchObject([{ code: 'forbidden' }, { seq: 5 }, { seq: 6 }]);
    });

    it('lets any member react to any visible message, as often as it likes', () => {
      const byBob = { sender_id: BOB };
      take(created(), message(1));
      expect(
        outcomes(
          reaction(2, '70001', byBob),
          reaction(3, '70001', byBob),
          reaction(4, '70001', { ...byBob, op: 'remove' }),
          reaction(5, '70001', { ...byBob, op: 'remove' }),
          reaction(6, '12345', byBob),
          reaction(7, '70002', byBob),
          reaction(8, '70001', { sender_id: CAROL }),
        ),
      ).toMatchObject([
        ...[3, 4, 5, 6].map((seq) => ({ seq })),
        ...[6, 7, 8].map(() => ({ accepted: false, code: 'not_found' })),
      ]);
    });

    it('takes so many different emoji at a message, whatever becomes of them; those it has had always fit', () => {
      const add = (number: number, emoji: string) => reaction(number, '70001', { emoji });
      take(created(), message(1));
      const fill = Array.from({ length: limits.MAX_EMOJI }, (_, index) => add(100 + index, `emoji ${index}`));
      expect(outcomes(...fill).every((outcome) => outcome?.accepted)).toBe(true);
      const takenBack = reaction(2, '70001', { emoji: 'emoji 0', op: 'remove' });
      const neverGiven = reaction(3, '70001', { emoji: 'other', op: 'remove' });
      expect(outcomes(takenBack, neverGiven, add(4, 'other'), add(5, 'emoji 0'))).toMatchObject([
        { accepted: true },
        { accepted: true },
        { accepted: false, code: 'conflict' },
        { accepted: true },
      ]);
    });

    it('counts the emoji of a stored target as of its own place: those of a replayed tail are not there yet', () => {
      take(created(), message(1));
      state.unstoredTargets.clear();
      const emojiSince = new Map(Array.from({ length: limits.MAX_EMOJI }, (_, index) => [`emoji ${index}`, 3 + index]));
      const target = { seq: 2, kind: 'message' as const, sender_id: ALICE, deletedSeq: null, emojiSince, unstored: 0 };
      targets.set('70001', target);
      const [first] = take(reaction(2, '70001', { emoji: 'other' }));
      expect(first.outcome).toMatchObject({ seq: 3 });
      expect(first.sequenced?.rows).toContainEqual(
        expect.objectContaining({ row: 'reaction', by_seq: 3, since_seq: 3 }),
      );
      state.unstoredTargets.clear();
      state.lastSeq = 2 + limits.MAX_EMOJI;
      expect(outcomes(reaction(3, '70001', { emoji: 'other' }))).toMatchObject([{ code: 'conflict' }]);
    });

    it('lets a reply name only what its sender can see, a thread what is older', () => {
      const joins = change(2, 'member_joined', { user_id: CAROL, role: 'member' });
      take(created(), message(1), joins, message(2));
      const byCarol = { sender_id: CAROL };
      expect(
        outcomes(
          message(3, { ...byCarol, reply_to: '70001' }),
          message(4, { ...byCarol, reply_to: '70002' }),
          message(5, { ...byCarol, thread_id: '70001' }),
          message(6, { ...byCarol, thread_id: '12345' }),
        ),
      ).toMatchObject([{ code: 'not_found' }, { seq: 5 }, { seq: 6 }, { code: 'not_found' }]);
    });
  });

  describe('changes', () => {
    it('takes each version once and answers a repeated one not at all', () => {
      const title = change(2, 'title_changed', { title: 'New' });
      const [, first, again] = take(created(), title, title);
      expect(first.outcome).toMatchObject({ seq: 2 });
      expect(again).toEqual({ outcome: null, sequenced: null });
    });

    it('begins with "created", and only once', () => {
      const title = change(2, 'title_changed', { title: 'New' });
      expect(outcomes(title, created(), { ...created(), version: 3 })).toMatchObject([
        { code: 'not_found' },
        { seq: 1 },
        { code: 'not_found' },
      ]);
    });

    it('lets nobody send to a deleted group', () => {
      expect(outcomes(created(), change(2, 'deleted'), message(1))).toMatchObject([
        {},
        { seq: 2 },
        { code: 'not_found' },
      ]);
    });
  });

  describe('a direct conversation that a block holds up', () => {
    const direct = created({
      conversation_kind: 'direct',
      title: null,
      members: [ALICE, BOB].map((user_id) => ({ user_id, role: 'member' as const })),
    });
    const forbidden = { accepted: false, code: 'forbidden' };

    it('takes nothing from either side until the block ends, and leaves no hole', () => {
      const byBob = { sender_id: BOB };
      expect(
        outcomes(
          direct,
          message(1),
          block(2, true),
          message(2),
          message(3, byBob),
          edit(4, '70001'),
          reaction(5, '70001', byBob),
          deletion(6, '70001'),
          block(3, false),
          message(2),
          message(7, byBob),
        ),
      ).toMatchObject([
        { seq: 1 },
        { seq: 2 },
        null,
        ...Array.from({ length: 5 }, () => forbidden),
        null,
        { seq: 3 },
        { seq: 4 },
      ]);
    });

    it('still gives a retry the verdict of before', () => {
      take(direct, message(1), block(2, true));
      expect(outcomes(message(1, { message_id: '79999' }))).toMatchObject([{ seq: 2, repeated: true }]);
    });

    it('answers outsiders as ever', () => {
      take(direct, block(2, true));
      expect(outcomes(message(1, { sender_id: CAROL }))).toMatchObject([{ code: 'not_found' }]);
    });

    it('takes each version once, in whatever company', () => {
      take(direct, block(2, true));
      const again = take(block(2, true), block(3, false), block(2, true), block(3, false));
      expect(again.map(({ blockChange }) => blockChange?.version)).toEqual([undefined, 3, undefined, undefined]);
      expect(outcomes(message(1))).toMatchObject([{ seq: 2 }]);
      expect(state.version).toBe(3);
    });

    it('stores where a change stands, and no entry', () => {
      take(direct);
      const [changed] = take(block(2, true));
      expect(changed).toEqual({
        outcome: null,
        sequenced: null,
        blockChange: {
          row: 'block-change',
          conversation_id: '500',
          version: 2,
          position: { epoch: 0, offset: 1 },
          is_blocked: true,
        },
      });
      expect(state.unstored).toBe(2);
    });

    it('cannot be one that does not exist', () => {
      expect(take(block(2, true))).toEqual([{ outcome: null, sequenced: null }]);
      expect(outcomes(direct, message(1))).toMatchObject([{ seq: 1 }, { seq: 2 }]);
    });
  });

  it('lets nobody say anything after a deletion, and gives a retry of before its verdict', () => {
    const deleted = change(2, 'deleted');
    const [, , , refused, repeated] = outcomes(
      created(),
      message(1),
      deleted,
      message(2),
      message(1, { message_id: '79999' }),
    );
    expect(refused).toMatchObject({ accepted: false, code: 'not_found' });
    expect(repeated).toMatchObject({ seq: 2, repeated: true });
  });
});
