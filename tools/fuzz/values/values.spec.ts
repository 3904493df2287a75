import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SchemaDocument, type Schema } from './schema.js';
import { SchemaValues } from './schema-values.js';

const NAMES = { user: ['11'], conversation: ['22'], message: ['33'], device: ['phone'], handle: ['al'], token: ['t'] };
const USER: Schema = {
  type: 'object',
  required: ['user_id', 'age', 'kind'],
  properties: {
    user_id: { type: 'string' },
    age: { type: 'integer', minimum: 3, maximum: 9 },
    kind: { type: 'string', enum: ['a', 'b'] },
    friends: { type: ['array', 'null'], items: { type: 'string', format: 'uuid' } },
  },
};
const DOCUMENT = new SchemaDocument({ components: { schemas: { User: USER } } });
const REFERENCE: Schema = { $ref: '#/components/schemas/User' };

/** The fields that are wrong; `it` where the whole is, `more` for one that the schema does not name. */
function faultsOf(value: unknown): string[] {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return ['it'];
  const { user_id, age, kind, friends, ...more } = value as Record<string, unknown>;
  const isList = Array.isArray(friends) && friends.every((friend) => /^[0-9a-f-]{36}$/.test(String(friend)));
  const holds: Record<string, boolean> = {
    user_id: user_id === '11',
    age: Number.isInteger(age) && Number(age) >= 3 && Number(age) <= 9,
    kind: kind === 'a' || kind === 'b',
    friends: friends === undefined || isList,
    more: Object.keys(more).length === 0,
  };
  return Object.keys(holds).filter((field) => !holds[field]);
}

describe('values for a schema', () => {
  it('fit it as long as there is no hostility, and name what exists', () => {
    fc.assert(
      fc.property(new SchemaValues(DOCUMENT, NAMES, 0).of(REFERENCE), (json) => {
        expect(faultsOf(JSON.parse(json))).toEqual([]);
      }),
    );
  });

  it('are wrong in many ways with it, and JSON still', () => {
    const values = fc.sample(new SchemaValues(DOCUMENT, NAMES, 0.3).of(REFERENCE), { numRuns: 300, seed: 1 });
    const faults = new Set(values.flatMap((json) => faultsOf(JSON.parse(json))));
    expect([...faults].toSorted()).toEqual(['age', 'friends', 'it', 'kind', 'more', 'user_id']);
  });
});
