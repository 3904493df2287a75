import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

/** What the protocol says of times, keys and addresses; RFC 3339 allows more than the server ever writes. */
const FORMATS = {
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/,
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  uri: (text: string) => URL.canParse(text),
};

/**
 * A document as it is published in docs/, for checking what a server really says. Clients ignore fields that they don't
 * know; here one that the document does not name is a fault, since whoever reads the document would never use it.
 */
export class PublishedDocument<Document extends object> {
  readonly content: Document;
  private readonly ajv = new Ajv2020({ strict: false, allErrors: true, formats: FORMATS });
  private readonly compiled = new Map<string, ValidateFunction>();

  constructor(name: 'openapi.json' | 'asyncapi.json') {
    const file = new URL(`../../../../docs/${name}`, import.meta.url);
    this.content = closed(JSON.parse(readFileSync(file, 'utf8'))) as Document;
    this.ajv.addSchema(this.content, 'document');
  }

  /** What is wrong with a value by the schema at this place, for example `#/components/schemas/UserView`. */
  faultsOf(value: unknown, place: string): string[] {
    const isValid = this.compiled.get(place) ?? this.ajv.compile({ $ref: `document${place}` });
    this.compiled.set(place, isValid);
    if (isValid(value)) return [];
    return (isValid.errors ?? []).map(
      ({ instancePath, message, params }) => `${instancePath || 'it'} ${message}: ${JSON.stringify(params)}`,
    );
  }
}

/** Every schema with properties takes no others, also through `allOf`. */
function closed(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(closed);
  if (node === null || typeof node !== 'object') return node;
  const copy = Object.fromEntries(Object.entries(node).map(([name, child]) => [name, closed(child)]));
  const isOpen = isObject(copy.properties) && copy.additionalProperties === undefined;
  return isOpen && copy.type !== undefined ? { ...copy, unevaluatedProperties: false } : copy;
}

function isObject(value: unknown): boolean {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** One step of a JSON pointer (RFC 6901). */
export function pointer(...steps: string[]): string {
  return `#/${steps.map((step) => encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')}`;
}
