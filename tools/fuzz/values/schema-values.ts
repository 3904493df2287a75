import fc from 'fast-check';
import { hostileJson, hostileText } from './hostile-json.js';
import { typesOf, type Schema, type SchemaDocument } from './schema.js';

/** Names of things that exist, by the kind of field that takes them. */
export type Names = Readonly<
  Record<'user' | 'conversation' | 'message' | 'device' | 'handle' | 'token', readonly string[]>
>;

const EMOJI = ['👍', ':tada:', '👨‍👩‍👧', '/', '.', '..'];

/** Fields of an object: the name, and the value as JSON. */
type Fields = readonly (readonly [name: string, json: string])[];

/** Which kind of name a field takes, by what the field is called. */
const KINDS: readonly [RegExp, keyof Names][] = [
  [/^(user_ids?|member_ids|mentions|sender_id)$/, 'user'],
  [/^(conversation_id|group_id|positions|after_seq)$/, 'conversation'],
  [/^(message_id|target_id|reply_to|thread_id)$/, 'message'],
  [/^device_id$/, 'device'],
  [/^handle$/, 'handle'],
  [/^(refresh_)?token$/, 'token'],
];

/**
 * Values for schemas, as JSON text. With `hostility` 0 they are right, as far as the schema says what is right; with more,
 * that share of all fields is missing, unknown or hostile. Names of things that exist are mixed in, also in wrong places.
 */
export class SchemaValues {
  constructor(
    private readonly document: SchemaDocument,
    private readonly names: Names,
    /** From 0 to 1. */
    private readonly hostility: number,
  ) {}

  /** `field`: what the value is for. */
  of(schema: Schema, field = ''): fc.Arbitrary<string> {
    return this.mostly(this.right(this.document.resolve(schema), field), hostileJson());
  }

  /** A name for a field, existing or not, as plain text. */
  name(field: string): fc.Arbitrary<string> {
    const kind = KINDS.find(([pattern]) => pattern.test(field))?.[1];
    const all = Object.values(this.names).flat();
    const fitting = kind && this.names[kind].length > 0 ? this.names[kind] : all;
    return this.mostly(fc.constantFrom(...fitting), fc.oneof(fc.constantFrom(...all), hostileText()));
  }

  private mostly<T>(right: fc.Arbitrary<T>, wrong: fc.Arbitrary<T>): fc.Arbitrary<T> {
    const weight = Math.round(this.hostility * 100);
    if (weight === 0) return right;
    return fc.oneof({ weight: 100 - weight, arbitrary: right }, { weight, arbitrary: wrong });
  }

  private right(schema: Schema, field: string): fc.Arbitrary<string> {
    const choices = schema.oneOf ?? schema.anyOf ?? schema.allOf;
    if (choices) return fc.oneof(...choices.map((choice) => this.of(choice, field)));
    if (schema.const !== undefined) return fc.constant(JSON.stringify(schema.const));
    if (schema.enum) return fc.constantFrom(...schema.enum.map((value) => JSON.stringify(value)));
    const type = typesOf(schema).find((each) => each !== 'null');
    if (type === 'object' || schema.properties) return this.object(schema, field);
    if (type === 'array') return this.array(schema, field);
    if (type === 'integer' || type === 'number') return integer(schema).map(String);
    if (type === 'boolean') return fc.boolean().map(String);
    return this.text(schema, field).map((text) => JSON.stringify(text));
  }

  private text(schema: Schema, field: string): fc.Arbitrary<string> {
    if (schema.format === 'uuid') return fc.uuid();
    if (schema.format === 'date-time') return fc.date({ noInvalidDate: true }).map((date) => date.toISOString());
    if (field === 'emoji') return fc.constantFrom(...EMOJI);
    if (KINDS.some(([pattern]) => pattern.test(field))) return this.name(field);
    const minLength = schema.minLength ?? 0;
    const maxLength = Math.max(minLength, Math.min(schema.maxLength ?? 60, 200));
    return fc.string({ unit: 'grapheme', minLength, maxLength });
  }

  private array({ items = {}, maxItems }: Schema, field: string): fc.Arbitrary<string> {
    const list = fc.array(this.of(items, field), { maxLength: Math.min(maxItems ?? 8, 8) });
    return list.map((values) => `[${values.join(',')}]`);
  }

  private object(schema: Schema, field: string): fc.Arbitrary<string> {
    const { properties = {}, required = [], additionalProperties } = schema;
    if (typeof additionalProperties === 'object') {
      const entry = fc.tuple(this.name(field), this.of(additionalProperties));
      return fc.array(entry, { maxLength: 4 }).map(written);
    }
    const present = (name: string): fc.Arbitrary<boolean> =>
      required.includes(name) ? this.mostly(fc.constant(true), fc.constant(false)) : fc.boolean();
    const known = Object.entries(properties).map(([name, property]) =>
      fc.tuple(present(name), this.of(property, name)).map(([is, value]): Fields => (is ? [[name, value]] : [])),
    );
    const unknown = fc.tuple(fc.constantFrom('unknown', '__proto__', 'prototype', 'then', 'x\u0000'), hostileJson());
    const more = this.mostly<Fields>(
      fc.constant([]),
      unknown.map((one) => [one]),
    );
    return fc.tuple(...known, more).map((fields) => written(fields.flat()));
  }
}

function integer({ minimum = 0, maximum = 1_000 }: Schema): fc.Arbitrary<number> {
  return fc.oneof(
    fc.constantFrom(minimum, maximum),
    fc.integer({ min: minimum, max: Math.min(maximum, minimum + 200) }),
  );
}

function written(fields: Fields): string {
  return `{${fields.map(([name, json]) => `${JSON.stringify(name)}:${json}`).join(',')}}`;
}
