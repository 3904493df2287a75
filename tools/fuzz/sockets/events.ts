import fc from 'fast-check';
import { hostileJson, hostileText } from '../values/hostile-json.js';
import { SchemaDocument, type Schema } from '../values/schema.js';
import { SchemaValues, type Names } from '../values/schema-values.js';

/** One event with its payloads, all as JSON texts, from one of the sessions. */
export interface FuzzEvent {
  session: number;
  event: string;
  payloads: readonly string[];
}

const ID: Schema = { type: 'string' };
const SEQ: Schema = { type: 'integer' };
const UUID: Schema = { type: 'string', format: 'uuid' };
const CONTENT: Schema = {
  oneOf: [
    {
      type: 'object',
      required: ['type', 'text'],
      properties: { type: { const: 'text' }, text: { type: 'string', minLength: 1 } },
    },
    { type: 'object', required: ['type', 'data'], properties: { type: { const: 'custom' }, data: { type: 'object' } } },
  ],
};

function object(required: Readonly<Record<string, Schema>>, optional: Readonly<Record<string, Schema>> = {}): Schema {
  return { type: 'object', required: Object.keys(required), properties: { ...required, ...optional } };
}

const about = { client_msg_id: UUID, conversation_id: ID, target_id: ID };
const people = object({ user_ids: { type: 'array', items: ID } });

/** What clients emit, as the protocol has it. */
const EVENTS: Readonly<Record<string, Schema>> = {
  'message:send': object(
    { client_msg_id: UUID, conversation_id: ID, content: CONTENT },
    { reply_to: ID, thread_id: ID, mentions: { type: 'array', items: ID } },
  ),
  'message:edit': object({ ...about, content: CONTENT }),
  'message:delete': object(about),
  'message:react': object({ ...about, emoji: { enum: ['👍', ':tada:', '👨‍👩‍👧'] }, op: { enum: ['add', 'remove'] } }),
  'message:ack': object({ positions: { type: 'object', additionalProperties: SEQ } }),
  'sync:pull': object({ conversation_id: ID, after_seq: SEQ, limit: { type: 'integer', minimum: 1, maximum: 200 } }),
  'receipt:read': object({ conversation_id: ID, seq: SEQ }),
  typing: object({ conversation_id: ID, typing: { type: 'boolean' } }),
  'presence:watch': people,
  'presence:unwatch': people,
  'presence:set': object({ status: { enum: ['online', 'away'] } }),
  'auth:refresh': object({ token: ID }),
};

/** Events of `sessions` sessions: every one of the protocol, with right and wrong payloads, and some that are none. */
export function events(names: Names, sessions: number): fc.Arbitrary<FuzzEvent> {
  const known = Object.entries(EVENTS).flatMap(([event, schema]) =>
    [0, 0.05, 0.3].map((hostility) => {
      const values = new SchemaValues(new SchemaDocument({}), names, hostility);
      return fc.record({ event: fc.constant(JSON.stringify(event)), payloads: payloads(values.of(schema), hostility) });
    }),
  );
  const unknown = fc.record({
    event: hostileText().map((text) => JSON.stringify(text)),
    payloads: fc.array(hostileJson(), { maxLength: 3 }),
  });
  const any = fc.oneof(...known.map((arbitrary) => ({ weight: 2, arbitrary })), { weight: 3, arbitrary: unknown });
  return fc.tuple(fc.nat(sessions - 1), any).map(([session, one]) => ({ session, ...one }));
}

function payloads(right: fc.Arbitrary<string>, hostility: number): fc.Arbitrary<readonly string[]> {
  const one = right.map((payload) => [payload]);
  if (hostility === 0) return one;
  return fc.oneof(
    { weight: 20, arbitrary: one },
    { weight: 1, arbitrary: fc.array(fc.oneof(right, hostileJson()), { maxLength: 3 }) },
  );
}
