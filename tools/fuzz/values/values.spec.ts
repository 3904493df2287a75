import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mismatches } from './matches-schema.js';
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

describe('values for a schema', () => {
  it('fit it as long as there is no hostility, and name what exists', () => {
    fc.assert(
      fc.property(new SchemaValues(DOCUMENT, NAMES, 0).of(REFERENCE), (json) => {
        const value: unknown = JSON.parse(json);
        expect(mismatches(DOCUMENT, REFERENCE, value)).toEqual([]);
        expect(value).toMatchObject({ user_id: '11' });
      }),
    );
  });

  it('are wrong in many ways with it, and JSON still', () => {
    const values = fc.sample(new SchemaValues(DOCUMENT, NAMES, 0.3).of(REFERENCE), { numRuns: 300, seed: 1 });
    const faults = values.flatMap((json) => mismatches(DOCUMENT, REFERENCE, JSON.parse(json)));
    const kinds = ['lacks', 'is no object', 'is no integer', 'is no string', 'is none of the values'];
    expect(kinds.filter((kind) => !faults.some((fault) => fault.includes(kind)))).toEqual([]);
  });
});

describe('an answer and its schema', () => {
  it.each([
    [{ user_id: '1', age: 3, kind: 'a', more: 1 }, []],
    [{ user_id: '1', age: 3, kind: 'a', friends: null }, []],
    [{ user_id: 1, age: 3, kind: 'a' }, ['user_id is no string: 1']],
    [{ user_id: '1', age: 3.5, kind: 'c' }, ['age is no integer: 3.5', 'kind is none of the values: "c"']],
    [{ age: 3, kind: 'a' }, ['it lacks user_id: {"age":3,"kind":"a"}']],
    [{ user_id: '1', age: 3, kind: 'a', friends: [7] }, ['friends[0] is no string: 7']],
    [null, ['it is no object: null']],
  ])('%j', (value, faults) => {
    expect(mismatches(DOCUMENT, REFERENCE, value)).toEqual(faults);
  });
});
