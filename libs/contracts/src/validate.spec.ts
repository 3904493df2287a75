import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentBytes } from './fields.js';
import { DeleteMessageDto, EditMessageDto, ReactDto } from './message-changes.js';
import { AckDto, HandshakeDto, PullDto, SendMessageDto } from './socket-events.js';
import { validate } from './validate.js';

const KEY = '0f9c1d6e-7e0b-4a55-9d2b-0d8f6c1f1a11';
const message = (more: object = {}) => ({
  client_msg_id: KEY,
  conversation_id: '42',
  content: { type: 'text', text: 'Hello' },
  ...more,
});

/** JSON with a field that no literal can hold. */
const parsed = (json: string) => JSON.parse(json) as unknown;

function pathsOf(dto: new () => object, payload: unknown): string[] {
  const result = validate(dto, payload);
  return result.ok ? [] : (result.faults ?? []).map(({ path }) => path);
}

describe('validate', () => {
  it('takes a message with and without its optional fields', () => {
    expect(validate(SendMessageDto, message()).ok).toBe(true);
    const all = message({ reply_to: '7', thread_id: null, mentions: ['1', '9223372036854775807'] });
    expect(validate(SendMessageDto, all)).toEqual({ ok: true, value: expect.objectContaining(all) });
  });

  it.each([
    ['a number where an id is due', message({ conversation_id: 42 }), 'conversation_id'],
    ['an id with a leading zero', message({ conversation_id: '042' }), 'conversation_id'],
    ['an id of 20 digits', message({ conversation_id: '1'.repeat(20) }), 'conversation_id'],
    ['a key that is no UUID', message({ client_msg_id: 'abc' }), 'client_msg_id'],
    ['an unknown field', message({ colour: 'red' }), 'colour'],
    ['empty text', message({ content: { type: 'text', text: '' } }), 'content'],
    ['content of an unknown type', message({ content: { type: 'video', text: 'x' } }), 'content'],
    ['content with a further field', message({ content: { type: 'text', text: 'x', data: {} } }), 'content'],
    ['custom content without an object', message({ content: { type: 'custom', data: [] } }), 'content'],
    ['content typed like a prototype field', message({ content: { type: 'toString', text: 'x' } }), 'content'],
    ['too many mentions', message({ mentions: Array.from({ length: 51 }, () => '1') }), 'mentions'],
    ['a mention that is no id', message({ mentions: [1] }), 'mentions'],
    ['NUL in text', message({ content: { type: 'text', text: 'a\u0000b' } }), 'content.text'],
    ['a lone surrogate', message({ content: { type: 'text', text: '\ud800' } }), 'content.text'],
    ['a control character in a name', message({ content: { type: 'custom', data: { 'a\u0007': 1 } } }), 'content.data'],
    ['bytes', message({ content: Buffer.from('x') }), 'content'],
    [
      'a number beyond a double',
      message({ content: parsed('{"type":"custom","data":{"a":1e400}}') }),
      'content.data.a',
    ],
  ])('refuses %s and names the place', (_, payload, path) => {
    expect(pathsOf(SendMessageDto, payload)).toContain(path);
  });

  it.each([null, undefined, 1, 'text', [], [message()], true])('refuses %j where one object is due', (payload) => {
    expect(validate(SendMessageDto, payload)).toMatchObject({ ok: false, code: 'validation_failed' });
  });

  it.each(['__proto__', 'constructor', 'prototype'])('refuses the name %s at any depth', (name) => {
    expect(pathsOf(SendMessageDto, parsed(`{"client_msg_id":"${KEY}","${name}":{}}`))).toEqual([name]);
    const deep = parsed(`{"content":{"type":"custom","data":{"a":[{"${name}":1}]}}}`);
    expect(pathsOf(SendMessageDto, deep)).toEqual([`content.data.a.0.${name}`]);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it.each(['hasOwnProperty', 'isPrototypeOf', '__defineGetter__', 'toString'])('knows no field %s', (name) => {
    expect(pathsOf(SendMessageDto, message({ [name]: 1 }))).toEqual([name]);
  });

  it('keeps an id beyond 2^53 to its last digit, and takes no number for one', () => {
    const id = '9007199254740993';
    const result = validate(SendMessageDto, message({ conversation_id: id }));
    expect(result).toMatchObject({ ok: true, value: { conversation_id: id } });
    for (const number of [Number(id), 7, 1e300])
      expect(validate(SendMessageDto, message({ conversation_id: number })).ok).toBe(false);
  });

  it('takes nesting of 16 and refuses 17', () => {
    // The payload is depth 1, content 2, data 3.
    const nested = (depth: number) => parsed(`${'{"a":'.repeat(depth - 3)}{}${'}'.repeat(depth - 3)}`);
    const custom = (depth: number) => message({ content: { type: 'custom', data: nested(depth) } });
    expect(validate(SendMessageDto, custom(16)).ok).toBe(true);
    expect(validate(SendMessageDto, custom(17))).toMatchObject({ ok: false, code: 'validation_failed' });
  });

  it('gives custom data and text back as they came', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue({ maxDepth: 5 })), (data) => {
        const result = validate(SendMessageDto, message({ content: { type: 'custom', data } }));
        if (result.ok) expect(JSON.stringify(result.value.content)).toBe(JSON.stringify({ type: 'custom', data }));
      }),
    );
    const text = 'tab\tline\r\n\u{1F469}\u200D\u{1F680} \u202Eright to left\u202C caf\u0065\u0301';
    const result = validate(SendMessageDto, message({ content: { type: 'text', text } }));
    expect(result).toMatchObject({ ok: true, value: { content: { text } } });
  });

  describe('a change of a message', () => {
    const about = { client_msg_id: KEY, conversation_id: '42', target_id: '7' };
    const react = (more: object) => ({ ...about, emoji: '👍', op: 'add', ...more });

    it('names its target, and carries what its kind adds and nothing else', () => {
      expect(validate(EditMessageDto, { ...about, content: message().content }).ok).toBe(true);
      expect(validate(DeleteMessageDto, about).ok).toBe(true);
      expect(pathsOf(EditMessageDto, about)).toEqual(['content']);
      expect(pathsOf(DeleteMessageDto, { ...about, content: message().content })).toEqual(['content']);
      expect(pathsOf(DeleteMessageDto, { ...about, target_id: 7 })).toEqual(['target_id']);
    });

    it.each(['👍', '👨‍👩‍👧', ':tada:', ' ', '/', 'a'.repeat(32), '\u{1F469}'.repeat(8)])(
      'takes %j as an emoji',
      (emoji) => {
        expect(validate(ReactDto, react({ emoji })).ok).toBe(true);
        expect(validate(ReactDto, react({ emoji, op: 'remove' })).ok).toBe(true);
      },
    );

    it.each([
      '',
      'a'.repeat(33),
      '\u{1F469}'.repeat(9),
      'a\nb',
      '\t',
      '\u0000',
      '\ud83d',
      7,
      null,
      ['👍'],
      { length: 1 },
    ])('refuses %j as an emoji', (emoji) => {
      expect(validate(ReactDto, react({ emoji }))).toMatchObject({ ok: false, code: 'validation_failed' });
    });

    it.each(['toggle', '', 'ADD', 7, null, undefined])('refuses to do %j with a reaction', (op) => {
      expect(pathsOf(ReactDto, react({ op }))).toEqual(['op']);
    });
  });

  it('checks positions: ids, integers from 0, at most 1,000', () => {
    expect(validate(AckDto, { positions: {} }).ok).toBe(true);
    expect(validate(AckDto, { positions: { '7': 0, '8': 3 } }).ok).toBe(true);
    for (const positions of [{ x: 1 }, { '7': -1 }, { '7': 1.5 }, { '7': '1' }, [], null, 3]) {
      expect(validate(AckDto, { positions })).toMatchObject({ ok: false, code: 'validation_failed' });
    }
    const many = Object.fromEntries(Array.from({ length: 1_001 }, (_, index) => [String(index + 1), 1]));
    expect(validate(AckDto, { positions: many }).ok).toBe(false);
    expect(validate(HandshakeDto, { device_id: 'phone', after_seq: many }).ok).toBe(true);
  });

  it('checks the limits of a pull and the device of a handshake', () => {
    expect(validate(PullDto, { conversation_id: '7', after_seq: 0, limit: 200 }).ok).toBe(true);
    for (const limit of [0, 201, '5', null]) {
      expect(validate(PullDto, { conversation_id: '7', after_seq: 0, limit }).ok).toBe(false);
    }
    expect(validate(HandshakeDto, { device_id: 'phone_1-A' }).ok).toBe(true);
    for (const device_id of ['', 'a'.repeat(65), 'ä', 7, undefined]) {
      expect(pathsOf(HandshakeDto, { device_id })).toContain('device_id');
    }
  });
});

describe('contentBytes', () => {
  it('counts UTF-8 bytes of the compact JSON', () => {
    expect(contentBytes({ type: 'text', text: 'a' })).toBe('{"type":"text","text":"a"}'.length);
    expect(contentBytes({ type: 'text', text: '€' })).toBe('{"type":"text","text":""}'.length + 3);
  });
});
