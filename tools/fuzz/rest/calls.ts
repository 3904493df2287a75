import fc from 'fast-check';
import { brokenJson, hostileText } from '../values/hostile-json.js';
import type { SchemaDocument } from '../values/schema.js';
import { SchemaValues, type Names } from '../values/schema-values.js';
import type { Operation, Parameter } from './operations.js';

/** A request in all its parts: enough to make it again. */
export interface Call {
  method: string;
  /** Path and query, percent-encoded. */
  target: string;
  headers: Record<string, string>;
  body: string | null;
}

export interface CallContext {
  document: SchemaDocument;
  names: Names;
  /** Access tokens of those who call. */
  tokens: readonly string[];
}

/** Hashing passwords is meant to take long: these come rarely. */
const RARELY = /\/auth\//;
/** What node:http lets out: bytes of a header value that are no control characters. */
const NOT_IN_HEADERS = /[^\t\x20-\x7e\x80-\xff]/g;
const LONGEST_HEADER = 300;
const LONGEST_PARAMETER = 1_000;

/** Calls of any of the operations, right and wrong ones. */
export function calls(operations: readonly Operation[], context: CallContext): fc.Arbitrary<Call> {
  return fc.oneof(
    ...operations.map((operation) => ({
      weight: RARELY.test(operation.path) ? 1 : 10,
      arbitrary: fc.oneof(...[0, 0.05, 0.3].map((hostility) => callsOf(operation, context, hostility))),
    })),
  );
}

function callsOf(operation: Operation, context: CallContext, hostility: number): fc.Arbitrary<Call> {
  const values = new SchemaValues(context.document, context.names, hostility);
  const parameters = (where: Parameter['in']): Parameter[] => operation.parameters.filter((one) => one.in === where);
  return fc
    .record({
      path: fc.tuple(...parameters('path').map(({ name }) => pathValue(values, name))),
      query: fc.tuple(...parameters('query').map((parameter) => queryValue(values, parameter))),
      more: rarely(
        hostility,
        hostileText().map((text) => `x${escaped(text)}=1`),
      ),
      key: values.of({ type: 'string', format: 'uuid' }, 'key').map(unquoted),
      token: authorization(context.tokens, hostility),
      type: rarely(
        hostility,
        fc.oneof(fc.constantFrom('text/plain', 'application/xml', 'application/json; x'), hostileText()),
      ),
      body: operation.body ? bodies(values.of(operation.body), hostility) : fc.constant(null),
    })
    .map(({ path, query, more, key, token, type, body }) => ({
      method: operation.method,
      target: targetOf(
        operation.path,
        path,
        [...query, more].filter((one) => one !== null),
      ),
      headers: headersOf({
        authorization: token,
        'idempotency-key': parameters('header').length > 0 ? key : null,
        'content-type': body === null ? null : (type ?? 'application/json'),
      }),
      body,
    }));
}

function rarely<T>(hostility: number, arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> {
  return hostility === 0 ? fc.constant(null) : fc.option(arbitrary, { freq: 10 });
}

function pathValue(values: SchemaValues, name: string): fc.Arbitrary<string> {
  return name === 'emoji' ? values.of({ type: 'string' }, name).map(unquoted) : values.name(name);
}

/** Null: left out. A parameter that may come once may come twice. */
function queryValue(values: SchemaValues, { name, schema, required }: Parameter): fc.Arbitrary<string | null> {
  const one = values.of(schema, name).map((json) => `${name}=${escaped(unquoted(json))}`);
  const twice = fc.tuple(one, one).map((both) => both.join('&'));
  const some = fc.oneof({ weight: 9, arbitrary: one }, { weight: 1, arbitrary: twice });
  return required ? some : fc.option(some);
}

function authorization(tokens: readonly string[], hostility: number): fc.Arbitrary<string | null> {
  const right = fc.constantFrom(...tokens).map((token) => `Bearer ${token}`);
  if (hostility === 0) return right;
  const wrong = fc.oneof(
    fc.constant(null),
    hostileText(),
    hostileText().map((text) => `Bearer ${text}`),
    right.map((text) => text.slice(0, -2)),
    right.map((text) => text.toLowerCase()),
  );
  return fc.oneof({ weight: 15, arbitrary: right }, { weight: 1, arbitrary: wrong });
}

function bodies(right: fc.Arbitrary<string>, hostility: number): fc.Arbitrary<string | null> {
  if (hostility === 0) return right;
  return fc.oneof(
    { weight: 20, arbitrary: right },
    { weight: 2, arbitrary: brokenJson(right) },
    { weight: 1, arbitrary: fc.constantFrom('', null, 'x'.repeat(70_000)) },
  );
}

function targetOf(template: string, values: readonly string[], query: readonly string[]): string {
  const left = [...values];
  // An empty value would make it another path.
  const path = template.replaceAll(/\{[^}]+\}/g, () => escaped(left.shift() ?? '') || '%20');
  return query.length > 0 ? `${path}?${query.join('&')}` : path;
}

/** Percent-encoded; a lone surrogate, which has no encoding, as bytes that are no UTF-8. */
function escaped(text: string): string {
  const short = text.slice(0, LONGEST_PARAMETER);
  try {
    return encodeURIComponent(short);
  } catch {
    return '%ED%A0%80';
  }
}

function headersOf(headers: Record<string, string | null>): Record<string, string> {
  const present = Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== null);
  return Object.fromEntries(
    present.map(([name, value]) => [name, value.replaceAll(NOT_IN_HEADERS, '').slice(0, LONGEST_HEADER + 1_000)]),
  );
}

/** The text in a JSON string, or the JSON itself where it is no string. */
function unquoted(json: string): string {
  return json.startsWith('"') ? (JSON.parse(json) as string) : json;
}
