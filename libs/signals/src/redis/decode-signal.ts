import type { Signal } from '../signals.js';

type Fields = Record<string, unknown>;
type ReaderOf<Type extends Signal['type']> = (fields: Fields) => Extract<Signal, { type: Type }> | null;

const isText = (value: unknown): value is string => typeof value === 'string';
const areTexts = (value: unknown): value is string[] => Array.isArray(value) && value.every(isText);

const READERS: { readonly [Type in Signal['type']]: ReaderOf<Type> } = {
  revoked: ({ family }) => (isText(family) ? { type: 'revoked', family } : null),
  replaced: ({ gateway, session_id }) =>
    isText(gateway) && isText(session_id) ? { type: 'replaced', gateway, session_id } : null,
  'device-removed': ({ generation }) => (isText(generation) ? { type: 'device-removed', generation } : null),
  presence: ({ user_id }) => (isText(user_id) ? { type: 'presence', user_id } : null),
  typing: ({ conversation_id, user_id, typing, session_ids }) =>
    isText(conversation_id) && isText(user_id) && typeof typing === 'boolean' && areTexts(session_ids)
      ? { type: 'typing', conversation_id, user_id, typing, session_ids }
      : null,
  receipt: ({ conversation_id, user_id, session_ids }) =>
    isText(conversation_id) && isText(user_id) && areTexts(session_ids)
      ? { type: 'receipt', conversation_id, user_id, session_ids }
      : null,
};

/** Null for what is no signal of this version. */
export function decodeSignal(message: string): Signal | null {
  let value: unknown;
  try {
    value = JSON.parse(message);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null) return null;
  const fields = value as Fields;
  return isKnown(fields.type) ? READERS[fields.type](fields) : null;
}

function isKnown(type: unknown): type is Signal['type'] {
  return isText(type) && Object.hasOwn(READERS, type);
}
