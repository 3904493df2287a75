import fc from 'fast-check';
import { brokenJson, hostileJson } from '../values/hostile-json.js';
import { SchemaDocument, type Schema } from '../values/schema.js';
import { SchemaValues, type Names } from '../values/schema-values.js';

/** A few of each, so that records are about each other. */
const IDS = ['1', '2', '3', '4', '5', '6', '7', '8'];
const KEYS = IDS.map((id) => `00000000-0000-4000-8000-00000000000${id}`);
const NAMES: Names = {
  user: ['11', '12', '13'],
  conversation: ['500'],
  message: IDS,
  device: [],
  handle: [],
  token: [],
};
/** Of all records; other keys than the conversation are a fault. */
export const CONVERSATION = '500';

const ID: Schema = { type: 'string' };
const USER: Schema = { enum: NAMES.user };
const ROLE: Schema = { enum: ['owner', 'admin', 'member'] };
const VERSION: Schema = { type: 'integer', minimum: 1, maximum: 12 };
const CONTENT: Schema = {
  type: 'object',
  required: ['type', 'text'],
  properties: { type: { const: 'text' }, text: { enum: ['a', 'b'] } },
};
const IDENTITY = { v: { const: 1 }, message_id: ID, conversation_id: ID, sender_id: ID };

function record(required: Readonly<Record<string, Schema>>, optional: Readonly<Record<string, Schema>> = {}): Schema {
  const all = { ...IDENTITY, ...required };
  return { type: 'object', required: Object.keys(all), properties: { ...all, ...optional } };
}

function submission(
  kind: string,
  required: Readonly<Record<string, Schema>>,
  optional?: Readonly<Record<string, Schema>>,
): Schema {
  return record(
    { type: { const: 'submit' }, kind: { const: kind }, client_msg_id: { enum: KEYS }, ...required },
    optional,
  );
}

const members: Schema = {
  type: 'array',
  items: { type: 'object', required: ['user_id', 'role'], properties: { user_id: USER, role: ROLE } },
};
const CHANGES = [
  'created',
  'member_joined',
  'member_left',
  'member_removed',
  'role_changed',
  'title_changed',
  'deleted',
];

/** What stands in the log (libs/contracts/src/log-record.ts). */
const RECORDS: readonly Schema[] = [
  submission('message', { content: CONTENT }, { reply_to: ID, thread_id: ID, mentions: { type: 'array', items: ID } }),
  submission('edit', { target_id: ID, content: CONTENT }),
  submission('delete', { target_id: ID }),
  submission('react', { target_id: ID, emoji: { enum: ['👍', '🎉'] }, op: { enum: ['add', 'remove'] } }),
  record(
    { type: { const: 'change' }, change: { enum: CHANGES }, version: VERSION },
    { conversation_kind: { enum: ['direct', 'group'] }, members, user_id: USER, role: ROLE, title: { enum: ['t'] } },
  ),
  record(
    { type: { const: 'change' }, change: { const: 'created' }, version: { const: 1 }, members },
    { conversation_kind: { enum: ['direct', 'group'] }, title: { enum: ['t'] } },
  ),
  record({ type: { const: 'block' }, version: VERSION, is_blocked: { type: 'boolean' } }),
];

/** The bytes of a record: sound, with a wrong field, or no record at all. */
export function recordBytes(): fc.Arbitrary<Uint8Array> {
  const document = new SchemaDocument({});
  const sound = [0, 0, 0.05].flatMap((hostility) => {
    const values = new SchemaValues(document, NAMES, hostility);
    return RECORDS.map((schema) => values.of(schema));
  });
  const json = fc.oneof(
    { weight: 20, arbitrary: fc.oneof(...sound) },
    { weight: 2, arbitrary: brokenJson(fc.oneof(...sound)) },
    { weight: 1, arbitrary: hostileJson() },
  );
  const text = json.map((one): Uint8Array => Buffer.from(one));
  const mutated = fc.tuple(text, fc.nat(300), fc.nat(255)).map(([bytes, at, byte]) => {
    const copy = Uint8Array.from(bytes);
    if (at < copy.length) copy[at] = byte;
    return copy;
  });
  return fc.oneof(
    { weight: 20, arbitrary: text },
    { weight: 2, arbitrary: mutated },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }) },
  );
}
