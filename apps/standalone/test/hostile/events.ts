import { randomUUID } from 'node:crypto';

/** An event with a callback: its name, its payloads as JSON text, and the code it must be answered with. */
export interface HostileEvent {
  event: unknown;
  payloads: string[];
  code: string;
}

const CHANGES = ['message:edit', 'message:delete', 'message:react'];
const EVENTS = [
  'message:send',
  ...CHANGES,
  'message:ack',
  'sync:pull',
  'auth:refresh',
  'typing',
  'receipt:read',
  'presence:watch',
  'presence:unwatch',
  'presence:set',
];
const NOT_ONE_OBJECT = [[], ['null'], ['[]'], ['[{}]'], ['7'], ['"text"'], ['true'], ['{}', '{}'], ['{}', 'null']];
const NO_EVENTS = [
  'nonsense',
  '',
  ' ',
  'message:send ',
  'MESSAGE:SEND',
  'toString',
  'constructor',
  '__proto__',
  'hasOwnProperty',
  'error',
  'message',
  'session:ready',
  'message:new',
  'receipt',
  'message:remove',
  'message:reaction',
  'x'.repeat(1_000),
  '\u0000',
  7,
];

/** A send that is right but for what `wrong` says; a text stands for JSON that `JSON.stringify` never makes. */
function send(conversationId: string, wrong: Record<string, unknown> | string): string {
  const right = {
    client_msg_id: randomUUID(),
    conversation_id: conversationId,
    content: { type: 'text', text: 'hostile' },
  };
  if (typeof wrong !== 'string') return JSON.stringify({ ...right, ...wrong });
  return `{${wrong},${JSON.stringify(right).slice(1)}`;
}

function nested(depth: number): string {
  return `"content":{"type":"custom","data":${'{"x":'.repeat(depth)}1${'}'.repeat(depth)}}`;
}

const text = (json: string): string => `"content":{"type":"text","text":"${json}"}`;
const custom = (json: string): string => `"content":{"type":"custom","data":${json}}`;

/** Faults in a send. Fields named twice in JSON: the last one counts, so each text here names its field alone. */
const WRONG_FIELDS: (Record<string, unknown> | string)[] = [
  { unknown: 1 },
  { conversation_id: 4711 },
  { conversation_id: '0' },
  { conversation_id: '012' },
  { conversation_id: '-1' },
  { conversation_id: '1'.repeat(20) },
  { conversation_id: '1e3' },
  { conversation_id: { $ne: null } },
  { conversation_id: ['1'] },
  { conversation_id: null },
  { client_msg_id: 'not a uuid' },
  { client_msg_id: 7 },
  { client_msg_id: null },
  { client_msg_id: `${randomUUID()}\u0000` },
  { content: undefined },
  { content: null },
  { content: 'text' },
  { content: [] },
  { content: {} },
  { content: { type: 'toString', text: 'x' } },
  { content: { type: '__proto__', text: 'x' } },
  { content: { type: 'text' } },
  { content: { type: 'text', text: '' } },
  { content: { type: 'text', text: 7 } },
  { content: { type: 'text', text: 'x', more: 1 } },
  { content: { type: 'text', data: {} } },
  { content: { type: 'custom', data: [] } },
  { content: { type: 'custom', data: null } },
  { content: { type: 'custom', data: 'x' } },
  { reply_to: 7 },
  { reply_to: 'x' },
  { thread_id: {} },
  { mentions: 'x' },
  { mentions: [7] },
  { mentions: { length: 1 } },
  { mentions: Array.from({ length: 51 }, (_, index) => String(index + 1)) },
  '"__proto__":{"admin":true}',
  '"constructor":{"prototype":{}}',
];

/** Whole contents as JSON text; they stand in the place of the right one. */
const WRONG_CONTENTS = [
  text('\\ud800'),
  text('a\\udc00b'),
  text('\\u0000'),
  text('\\u0007'),
  text('\\u001b[2J'),
  text('\\u0085'),
  custom('{"__proto__":{"admin":true}}'),
  custom('{"list":[{"constructor":1}]}'),
  custom('{"prototype":1}'),
  custom('{"\\ud800":1}'),
  custom('{"x":"\\u0000"}'),
  nested(20),
  nested(4_000),
];

const right = { message: { content: { type: 'text', text: 'x' } }, reaction: { emoji: '👍', op: 'add' } };

/** Events about a message that are right but for these fields. */
const WRONG_CHANGES: [event: string, fields: object][] = [
  ...CHANGES.flatMap((event): [string, object][] => {
    const others = event === 'message:edit' ? right.message : event === 'message:react' ? right.reaction : {};
    return [
      [event, { ...others, target_id: undefined }],
      [event, { ...others, target_id: 4711 }],
      [event, { ...others, target_id: '0' }],
      [event, { ...others, target_id: ['4711'] }],
      [event, { ...others, client_msg_id: 'x' }],
      [event, { ...others, conversation_id: null }],
      [event, { ...others, reply_to: '1' }],
    ];
  }),
  ['message:edit', {}],
  ['message:edit', { content: null }],
  ['message:edit', { content: { type: 'text', text: '' } }],
  ['message:delete', right.message],
  ['message:react', { op: 'add' }],
  ['message:react', { emoji: '👍' }],
  ['message:react', { emoji: '👍', op: 'toggle' }],
  ['message:react', { emoji: '👍', op: '__proto__' }],
  ['message:react', { emoji: '', op: 'add' }],
  ['message:react', { emoji: 'x'.repeat(33), op: 'add' }],
  ['message:react', { emoji: '\u0000', op: 'add' }],
  ['message:react', { emoji: 'a\nb', op: 'remove' }],
  ['message:react', { emoji: '\ud83d', op: 'add' }],
  ['message:react', { emoji: { length: 1 }, op: 'add' }],
  ['message:react', { emoji: ['👍'], op: 'add' }],
];

/** Faults in what says that somebody types. */
const WRONG_TYPING: object[] = [
  { typing: undefined },
  { typing: 'true' },
  { typing: 1 },
  { typing: null },
  { conversation_id: 4711 },
  { conversation_id: '0' },
  { conversation_id: ['4711'] },
  { user_id: '4711' },
];

/** Faults in what is said about presence. */
const WRONG_PRESENCE: [event: string, payload: object][] = [
  ...['presence:watch', 'presence:unwatch'].flatMap((event): [string, object][] => [
    [event, { user_ids: null }],
    [event, { user_ids: '4711' }],
    [event, { user_ids: [4711] }],
    [event, { user_ids: ['0'] }],
    [event, { user_ids: ['4711', 'x'] }],
    [event, { user_ids: [['4711']] }],
    [event, { user_ids: { length: 1, 0: '4711' } }],
    [event, { user_ids: ['4711'], status: 'online' }],
  ]),
  ['presence:watch', { user_ids: Array.from({ length: 501 }, (_, index) => String(index + 1)) }],
  ['presence:set', { status: 'offline' }],
  ['presence:set', { status: 'ONLINE' }],
  ['presence:set', { status: '__proto__' }],
  ['presence:set', { status: ['away'] }],
  ['presence:set', { status: null }],
  ['presence:set', { status: 'away', user_id: '4711' }],
];

/** An event about a message that is not there, right but for what `fields` say. */
function about(conversationId: string, fields: object): string {
  const ids = { client_msg_id: randomUUID(), conversation_id: conversationId, target_id: '4711' };
  return JSON.stringify({ ...ids, ...fields });
}

/** Faults in a `receipt:read`; the last one is above every head. */
const WRONG_READS = [
  { seq: -1 },
  { seq: 0.5 },
  { seq: '1' },
  { seq: null },
  { seq: [1] },
  { seq: 2 ** 53 },
  { conversation_id: 4711 },
  { conversation_id: '0' },
  { read: true },
  { seq: 2 ** 53 - 1 },
];

/** The corpus for one conversation that the sender is a member of. */
export function hostileEvents(conversationId: string): HostileEvent[] {
  const invalid = (payloads: string[], event: unknown = 'message:send'): HostileEvent => ({
    event,
    payloads,
    code: 'validation_failed',
  });
  const ids = `"client_msg_id":"${randomUUID()}","conversation_id":"${conversationId}"`;
  return [
    ...EVENTS.flatMap((event) => NOT_ONE_OBJECT.map((payloads) => invalid(payloads, event))),
    ...EVENTS.map((event) => invalid(['{"unknown":1}'], event)),
    ...NO_EVENTS.flatMap((event) => [
      { event, payloads: ['{}'], code: 'unknown_event' },
      { event, payloads: [], code: 'unknown_event' },
    ]),
    ...WRONG_FIELDS.map((wrong) => invalid([send(conversationId, wrong)])),
    ...WRONG_CONTENTS.map((content) => invalid([`{${ids},${content}}`])),
    ...WRONG_CONTENTS.map((content) => invalid([`{${ids},"target_id":"4711",${content}}`], 'message:edit')),
    ...WRONG_CHANGES.map(([event, fields]) => invalid([about(conversationId, fields)], event)),
    ...WRONG_PRESENCE.map(([event, payload]) => invalid([JSON.stringify(payload)], event)),
    ...WRONG_TYPING.map((wrong) =>
      invalid([JSON.stringify({ conversation_id: conversationId, typing: true, ...wrong })], 'typing'),
    ),
    ...WRONG_READS.map((wrong) =>
      invalid([JSON.stringify({ conversation_id: conversationId, seq: 1, ...wrong })], 'receipt:read'),
    ),
    { event: 'receipt:read', payloads: ['{"conversation_id":"4711","seq":0}'], code: 'not_found' },
    { event: 'typing', payloads: ['{"conversation_id":"4711","typing":true}'], code: 'not_found' },
    { event: 'typing', payloads: [`{"conversation_id":"${'9'.repeat(19)}","typing":false}`], code: 'not_found' },
    ...[conversationId, '4711'].flatMap((id) => [
      { event: 'message:edit', payloads: [about(id, right.message)], code: 'not_found' },
      { event: 'message:delete', payloads: [about(id, {})], code: 'not_found' },
      { event: 'message:react', payloads: [about(id, right.reaction)], code: 'not_found' },
    ]),
    {
      event: 'message:edit',
      payloads: [about(conversationId, { content: { type: 'text', text: 'x'.repeat(16_385) } })],
      code: 'payload_too_large',
    },
    {
      event: 'message:send',
      payloads: [send(conversationId, { content: { type: 'text', text: 'x'.repeat(16_385) } })],
      code: 'payload_too_large',
    },
    { event: 'message:send', payloads: [send('4711', {})], code: 'not_found' },
    { event: 'sync:pull', payloads: ['{"conversation_id":"4711","after_seq":0,"limit":1}'], code: 'not_found' },
    { event: 'auth:refresh', payloads: ['{"token":"x.y.z"}'], code: 'unauthorized' },
  ];
}
