import { describe, expect, it } from 'vitest';
import { digestOf } from './digest.js';
import { comparePositions, type LogRecord, type ReactRecordDto, type SubmitRecord } from './log-record.js';
import { decodeRecord, encodeRecord, readRecord } from './record-codec.js';

const submit = {
  v: 1,
  type: 'submit',
  kind: 'message',
  message_id: '5',
  conversation_id: '7',
  sender_id: '9',
  client_msg_id: '0f9c1d6e-7e0b-4a55-9d2b-0d8f6c1f1a11',
  content: { type: 'custom', data: { b: 1, a: [2, { d: 3, c: 4 }] } },
} as SubmitRecord;
const created = {
  v: 1,
  type: 'change',
  message_id: '5',
  conversation_id: '7',
  sender_id: '9',
  version: 1,
  change: 'created',
  conversation_kind: 'direct',
  members: [
    { user_id: '9', role: 'member' },
    { user_id: '10', role: 'member' },
  ],
} as LogRecord;

const react = {
  ...{ v: 1, type: 'submit', kind: 'react', message_id: '5', conversation_id: '7', sender_id: '9' },
  ...{ client_msg_id: '0f9c1d6e-7e0b-4a55-9d2b-0d8f6c1f1a11', target_id: '4', emoji: '👍', op: 'add' },
} as ReactRecordDto;

const block = {
  ...{ v: 1, type: 'block', message_id: '5', conversation_id: '7', sender_id: '9' },
  ...{ version: 2, is_blocked: true },
} as LogRecord;

describe('log records', () => {
  it('come back as they were written', () => {
    for (const record of [submit, react, created, block]) {
      expect(decodeRecord(encodeRecord(record))).toEqual({ ok: true, value: expect.objectContaining(record) });
    }
  });

  it.each([
    ['no JSON', Buffer.from('{')],
    ['no UTF-8', Buffer.from([0x7b, 0xff, 0x7d])],
    ['no object', Buffer.from('null')],
    ['an unknown version', encodeRecord({ ...submit, v: 2 } as never)],
    ['an unknown type', encodeRecord({ ...submit, type: 'other' } as never)],
    ['an unknown kind', encodeRecord({ ...submit, kind: 'update' } as never)],
    ['a block that does not say whether', encodeRecord({ ...block, is_blocked: undefined } as never)],
    ['a missing field', encodeRecord({ ...submit, sender_id: undefined } as never)],
    ['a field too many', encodeRecord({ ...submit, extra: 1 } as never)],
    [
      'a member twice',
      encodeRecord({
        ...created,
        members: [
          { user_id: '9', role: 'member' },
          { user_id: '9', role: 'owner' },
        ],
      } as never),
    ],
    ['an emoji that is none', encodeRecord({ ...react, emoji: '' })],
    ['a reaction that is neither added nor removed', encodeRecord({ ...react, op: 'toggle' as never })],
    ['a version that is no integer', encodeRecord({ ...created, version: 1.5 } as never)],
  ])('are at fault with %s', (_, bytes) => {
    expect(decodeRecord(bytes).ok).toBe(false);
  });

  it('are read where they stand under their conversation, and are at fault under another key or beyond 1 MiB', () => {
    const { conversation_id: key } = submit;
    expect(readRecord(key, encodeRecord(submit))).toMatchObject({ ok: true });
    expect(readRecord('12345', encodeRecord(submit))).toEqual({ ok: false, reason: 'its key is not its conversation' });
    expect(readRecord(key, new Uint8Array(1_048_577))).toEqual({ ok: false, reason: 'too large' });
  });

  it('stand in order of epoch, then offset', () => {
    const positions = [
      { epoch: 1, offset: 0 },
      { epoch: 0, offset: 9 },
      { epoch: 0, offset: 2 },
    ];
    expect(positions.toSorted(comparePositions).map(({ epoch, offset }) => [epoch, offset])).toEqual([
      [0, 2],
      [0, 9],
      [1, 0],
    ]);
  });
});

describe('digestOf', () => {
  it('is the same for the same content with its fields in another order', () => {
    const reordered = {
      ...submit,
      content: { data: { a: [2, { c: 4, d: 3 }], b: 1 }, type: 'custom' },
    } as SubmitRecord;
    expect(digestOf(reordered)).toBe(digestOf(submit));
    expect(digestOf({ ...submit, message_id: '6' })).toBe(digestOf(submit));
  });

  it.each([
    { content: { type: 'custom', data: { b: 1, a: [{ d: 3, c: 4 }, 2] } } },
    { reply_to: '3' },
    { thread_id: '3' },
    { mentions: ['3'] },
  ])('differs with %j', (change) => {
    expect(digestOf({ ...submit, ...change } as SubmitRecord)).not.toBe(digestOf(submit));
  });

  it('tells reactions apart by target, emoji and what is done with it', () => {
    const others = [{ target_id: '3' }, { emoji: '🎉' }, { op: 'remove' as const }];
    const digests = [react, ...others.map((other) => ({ ...react, ...other }))].map(digestOf);
    expect(new Set(digests).size).toBe(4);
    expect(digestOf({ ...react, message_id: '6' })).toBe(digestOf(react));
  });

  it('does not confuse labels that stand in different fields', () => {
    const reply = { ...submit, reply_to: '3' } as SubmitRecord;
    const thread = { ...submit, thread_id: '3' } as SubmitRecord;
    expect(digestOf(reply)).not.toBe(digestOf(thread));
  });
});
