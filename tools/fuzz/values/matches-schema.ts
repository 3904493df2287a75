import { typesOf, type Schema, type SchemaDocument } from './schema.js';

/** Where a value is not what a schema says, as a path and a sentence each; empty where it is. */
export function mismatches(document: SchemaDocument, given: Schema, value: unknown, path = ''): string[] {
  const schema = document.resolve(given);
  const fault = (what: string): string[] => [`${path || 'it'} ${what}: ${JSON.stringify(value)?.slice(0, 80)}`];
  const choices = schema.oneOf ?? schema.anyOf;
  if (choices) {
    const fits = choices.some((choice) => mismatches(document, choice, value, path).length === 0);
    return fits ? [] : fault('is none of the alternatives');
  }
  const inherited = (schema.allOf ?? []).flatMap((part) => mismatches(document, part, value, path));
  if (inherited.length > 0) return inherited;
  if (schema.const !== undefined && schema.const !== value) return fault(`is not ${JSON.stringify(schema.const)}`);
  const types = typesOf(schema);
  if (types.length > 0 && !types.some((type) => isOfType(type, value))) return fault(`is no ${types.join(' or ')}`);
  if (value !== null && schema.enum && !schema.enum.includes(value)) return fault('is none of the values');
  if (Array.isArray(value)) {
    const { items } = schema;
    return items ? value.flatMap((item, index) => mismatches(document, items, item, `${path}[${index}]`)) : [];
  }
  if (value === null || typeof value !== 'object') return [];
  const missing = (schema.required ?? []).filter((name) => !Object.hasOwn(value, name));
  if (missing.length > 0) return fault(`lacks ${missing.join(', ')}`);
  return Object.entries(value).flatMap(([name, child]) => {
    const property = schema.properties && Object.hasOwn(schema.properties, name) ? schema.properties[name] : null;
    return property ? mismatches(document, property, child, path === '' ? name : `${path}.${name}`) : [];
  });
}

function isOfType(type: string, value: unknown): boolean {
  if (type === 'null') return value === null;
  if (type === 'array') return Array.isArray(value);
  if (type === 'integer') return Number.isSafeInteger(value);
  if (type === 'object') return value !== null && typeof value === 'object' && !Array.isArray(value);
  return typeof value === type;
}
