import fc from 'fast-check';

const ZERO_WIDTH_FAMILY = '👨‍👩‍👧‍👦';

/** Texts at which software breaks: numbers in disguise, names of prototypes, text that is none, other writing systems. */
export const HOSTILE_TEXTS: readonly string[] = [
  '',
  ' ',
  '0',
  '-1',
  '007',
  '1e3',
  '0x10',
  'NaN',
  'Infinity',
  'null',
  'undefined',
  'true',
  String(2 ** 53 + 2),
  '9223372036854775807',
  '9223372036854775808',
  '9999999999999999999',
  '18446744073709551616',
  '__proto__',
  'constructor',
  'hasOwnProperty',
  "'; DROP TABLE users; --",
  '../../etc/passwd',
  '%00',
  '%2e%2e%2f',
  '${jndi:x}',
  '{{7*7}}',
  '\u0000',
  'a\u0007b',
  '\u0085',
  '\ud800',
  '\udc00x',
  '\ufeff',
  '\u202eabc\u202c',
  'e\u0301',
  'İı',
  ZERO_WIDTH_FAMILY,
  ZERO_WIDTH_FAMILY.repeat(40),
  '00000000-0000-0000-0000-000000000000',
  '0000-00-00T00:00:00Z',
  '+275760-09-13T00:00:00.001Z',
  'x'.repeat(129),
  'x'.repeat(16_385),
];

/** JSON that `JSON.stringify` never writes, or that no field of ours takes. */
const HOSTILE_JSON: readonly string[] = [
  'null',
  'true',
  '0',
  '-0',
  '-1',
  '0.5',
  '1e400',
  '9007199254740993',
  '9223372036854775808',
  '[]',
  '[[]]',
  '{}',
  '{"__proto__":{"admin":true}}',
  '{"constructor":{"prototype":{}}}',
  '{"toString":1,"valueOf":null}',
  '{"length":1}',
  '{"_placeholder":true,"num":0}',
  '{"$ne":null}',
  `${'['.repeat(17)}${']'.repeat(17)}`,
  `${'{"a":'.repeat(3_000)}1${'}'.repeat(3_000)}`,
];

/** Any text, hostile more often than not. */
export function hostileText(): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...HOSTILE_TEXTS) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
    { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 40 }) },
  );
}

/** One JSON value as text; it is well-formed JSON always, and right for a field almost never. */
export function hostileJson(): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...HOSTILE_JSON) },
    { weight: 3, arbitrary: hostileText().map((text) => JSON.stringify(text)) },
    { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.stringify(value)) },
  );
}

/** Text that may not even be JSON: a good one cut short, doubled, or with something else in the middle. */
export function brokenJson(valid: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.oneof(
    fc.tuple(valid, fc.nat(400)).map(([json, length]) => json.slice(0, length)),
    fc
      .tuple(valid, fc.nat(400), hostileText())
      .map(([json, at, text]) => `${json.slice(0, at)}${text}${json.slice(at)}`),
    valid.map((json) => json + json),
    hostileText(),
  );
}
