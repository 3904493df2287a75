import fc from 'fast-check';
import { brokenJson, hostileJson, hostileText } from '../values/hostile-json.js';
import type { Names } from '../values/schema-values.js';
import { events, type SocketFace } from './events.js';

/** What goes onto a connection, in order. */
export type Step =
  | { text: string }
  | { binary: number[] }
  /** A WebSocket message in two frames, the second of which may never come. */
  | { pieces: string[]; isWhole: boolean }
  /** Bytes past the WebSocket library, straight into TCP. */
  | { tcp: number[] };

export interface Assault {
  /** Whether it begins with a session, or with nothing but a connection. */
  isAuthenticated: boolean;
  steps: Step[];
}

const COUNTS = ['', '0', '1', '5', '99', '-1', '1.5', '1e9', '99999999999999999999', 'x'];
const NAMESPACES = ['', '/', '/admin,', '//,', '/__proto__,', `/${'a'.repeat(3_000)},`, '/?x=1,'];
const NO_FRAMES = [
  '',
  '0',
  '1',
  '2',
  '2probe',
  '3',
  '5',
  '6',
  'b',
  'bAAA=',
  '4',
  '40',
  '41',
  '42',
  '43',
  '44',
  '45',
  '46',
  '47',
];

/** Frames of Engine.IO and Socket.IO: right, nearly right, and mutated, in text, bytes and pieces. */
export function assaults(face: SocketFace, names: Names): fc.Arbitrary<Assault> {
  const right = events(face, names, 1).map(({ event, payloads }) => `[${[event, ...payloads].join(',')}]`);
  const body = fc.oneof(right, brokenJson(right), hostileJson(), fc.constant(''));
  // Type, number of attachments, namespace, acknowledgement id, data: each may be wrong.
  const packet = fc
    .tuple(
      fc.constantFrom('0', '1', '2', '3', '4', '5', '6', '7', ''),
      fc.option(fc.constantFrom(...COUNTS), { nil: null }),
      fc.constantFrom(...NAMESPACES),
      fc.constantFrom(...COUNTS),
      body,
    )
    .map(
      ([type, count, namespace, id, data]) => `4${type}${count === null ? '' : `${count}-`}${namespace}${id}${data}`,
    );
  const text = fc.oneof(
    { weight: 5, arbitrary: packet },
    { weight: 1, arbitrary: fc.constantFrom(...NO_FRAMES) },
    { weight: 1, arbitrary: hostileText() },
    { weight: 1, arbitrary: fc.constantFrom('42["x",', '4', '{').map((piece) => piece.repeat(9_000)) },
  );
  const bytes = fc.array(fc.nat(255), { maxLength: 60 });
  const step: fc.Arbitrary<Step> = fc.oneof(
    { weight: 8, arbitrary: text.map((one) => ({ text: one })) },
    { weight: 2, arbitrary: bytes.map((binary) => ({ binary })) },
    {
      weight: 1,
      arbitrary: fc.record({ pieces: fc.array(text, { minLength: 1, maxLength: 3 }), isWhole: fc.boolean() }),
    },
    { weight: 1, arbitrary: bytes.map((tcp) => ({ tcp })) },
    { weight: 1, arbitrary: connectBurst() },
  );
  return fc.record({ isAuthenticated: fc.boolean(), steps: fc.array(step, { minLength: 1, maxLength: 12 }) });
}

function connectBurst(): fc.Arbitrary<Step> {
  return hostileJson().map((auth) => ({ text: `40{"token":${auth},"device_id":${auth},"protocol":1}` }));
}
