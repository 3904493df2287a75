import fc from 'fast-check';
import { hostileJson, hostileText } from '../values/hostile-json.js';
import { SchemaDocument } from '../values/schema.js';
import { SchemaValues, type Names } from '../values/schema-values.js';
import { eventsOf, type AsyncApiDocument, type EventOperation } from './operations.js';

/** One event with its payloads, all as JSON texts, from one of the sessions. */
export interface FuzzEvent {
  session: number;
  event: string;
  payloads: readonly string[];
  isKnown: boolean;
}

/** What the server says of its socket face. */
export interface SocketFace {
  document: SchemaDocument;
  operations: readonly EventOperation[];
}

export async function readSocketFace(url: string): Promise<SocketFace> {
  const answer = await fetch(`${url}/asyncapi.json`);
  const asyncApi = (await answer.json()) as AsyncApiDocument;
  const document = new SchemaDocument(asyncApi);
  return { document, operations: eventsOf(asyncApi, document) };
}

/** Events of `sessions` sessions: every one of the document, with right and wrong payloads, and some that are none. */
export function events({ document, operations }: SocketFace, names: Names, sessions: number): fc.Arbitrary<FuzzEvent> {
  const known = operations.flatMap((operation) =>
    [0, 0.05, 0.3].map((hostility) => {
      const right = new SchemaValues(document, names, hostility).of(operation.payload);
      return fc.record({
        event: fc.constant(JSON.stringify(operation.event)),
        payloads: payloads(right, hostility),
        isKnown: fc.constant(true),
      });
    }),
  );
  const unknown = fc.record({
    event: hostileText().map((text) => JSON.stringify(text)),
    payloads: fc.array(hostileJson(), { maxLength: 3 }),
    isKnown: fc.constant(false),
  });
  const any: fc.Arbitrary<Omit<FuzzEvent, 'session'>> = fc.oneof(
    ...known.map((arbitrary) => ({ weight: 2, arbitrary })),
    { weight: 3, arbitrary: unknown },
  );
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
