import { resolved, type Schema, type Schemas } from './schema.js';

const ID = '7234982347239424';
const BY_FORMAT: Record<string, string> = {
  'date-time': '2026-01-31T12:34:56.789Z',
  uuid: '0f9c1d6e-7e0b-4a55-9d2b-0d8f6c1f1a11',
  uri: 'https://example.com/picture.png',
};

/**
 * A value that is valid against the schema. Where the schema (or a property) has an `example` of its own it is that; a
 * property that may be left out is, unless it has one. Names help: what ends in `_id` gets an id.
 */
export function exampleOf(schema: Schema, schemas: Schemas, name = ''): unknown {
  const { example, const: only, enum: choices, ...rest } = resolved(schema, schemas);
  if (example !== undefined) return example;
  if (only !== undefined) return only;
  if (choices) return choices[0];
  if (rest.allOf) return mergedExample(rest, schemas);
  const [alternative] = rest.oneOf ?? rest.anyOf ?? [];
  if (alternative) return exampleOf(alternative, schemas, name);
  return exampleOfType(rest, schemas, name);
}

function exampleOfType(schema: Schema, schemas: Schemas, name: string): unknown {
  const types = [schema.type ?? 'object'].flat();
  if (types.includes('null')) return null;
  switch (types[0]) {
    case 'string':
      return stringOf(schema, name);
    case 'boolean':
      return true;
    case 'integer':
      return Math.max(1, schema.minimum ?? 1);
    case 'array':
      return schema.items ? [exampleOf(schema.items, schemas, name)] : [];
    default:
      return objectOf(schema, schemas);
  }
}

function stringOf({ format, minLength = 0 }: Schema, name: string): string {
  if (format !== undefined && BY_FORMAT[format] !== undefined) return BY_FORMAT[format];
  if (/_ids?$/.test(name)) return ID;
  return 'text'.padEnd(minLength, '.');
}

function objectOf({ properties = {}, required = [] }: Schema, schemas: Schemas): Record<string, unknown> {
  const shown = Object.entries(properties).filter(
    ([name, property]) => required.includes(name) || property.example !== undefined,
  );
  return Object.fromEntries(shown.map(([name, property]) => [name, exampleOf(property, schemas, name)]));
}

/** Of `allOf` with properties that say it more closely. */
function mergedExample({ allOf = [], ...closer }: Schema, schemas: Schemas): unknown {
  const parts = [...allOf, { type: 'object', required: Object.keys(closer.properties ?? {}), ...closer }];
  return Object.assign({}, ...parts.map((part) => exampleOf(part, schemas))) as unknown;
}
