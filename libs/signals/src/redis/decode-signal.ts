import type { Signal } from '../signals.js';

/** Null for what is no signal of this version. */
export function decodeSignal(message: string): Signal | null {
  let value: unknown;
  try {
    value = JSON.parse(message);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null) return null;
  const { type, family, gateway, session_id, generation } = value as Record<string, unknown>;
  switch (type) {
    case 'revoked':
      return typeof family === 'string' ? { type, family } : null;
    case 'replaced':
      if (typeof gateway !== 'string' || typeof session_id !== 'string') return null;
      return { type, gateway, session_id };
    case 'device-removed':
      return typeof generation === 'string' ? { type, generation } : null;
    default:
      return null;
  }
}
