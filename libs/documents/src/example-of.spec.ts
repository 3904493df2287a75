import { describe, expect, it } from 'vitest';
import { exampleOf } from './example-of.js';
import type { Schema } from './schema.js';

const user: Schema = {
  type: 'object',
  required: ['user_id', 'display_name', 'created_at'],
  properties: {
    user_id: { type: 'string' },
    display_name: { type: ['string', 'null'] },
    created_at: { type: 'string', format: 'date-time' },
    city: { type: 'string', example: 'Bremen' },
    age: { type: 'integer' },
  },
};
const schemas = { UserView: user };
const ref: Schema = { $ref: '#/components/schemas/UserView' };
const shown = {
  user_id: '7234982347239424',
  display_name: null,
  created_at: '2026-01-31T12:34:56.789Z',
  city: 'Bremen',
};

describe('An example', () => {
  it('has what is required and what has an example of its own', () => {
    expect(exampleOf(ref, schemas)).toEqual(shown);
    expect(exampleOf({ type: 'array', items: ref }, schemas)).toEqual([shown]);
  });

  it('is the first of several choices', () => {
    expect(exampleOf({ enum: ['b', 'a'] }, schemas)).toBe('b');
    expect(exampleOf({ anyOf: [ref, { type: 'null' }] }, schemas)).toEqual(shown);
  });

  it('follows what is said more closely beside a reference', () => {
    const closer: Schema = { allOf: [ref], properties: { user_id: { const: '1' } } };
    expect(exampleOf(closer, schemas)).toEqual({ ...shown, user_id: '1' });
  });

  it('keeps to the bounds of its schema', () => {
    expect(exampleOf({ type: 'integer', minimum: 7 }, schemas)).toBe(7);
    expect(exampleOf({ type: 'string', minLength: 8 }, schemas)).toHaveLength(8);
  });

  it('cannot be made of a reference to nothing', () => {
    expect(() => exampleOf({ $ref: '#/components/schemas/Nobody' }, schemas)).toThrow('refers to nothing');
  });
});
