import { MAX_DEPTH } from './limits.js';
import type { Fault } from './error-codes.js';

const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype']);
// Unicode category Cc (C0, DEL, C1) other than TAB, LF and CR. Lone surrogates are found by isWellFormed.
// oxlint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/;

/** True when the text comes back byte for byte: no lone surrogate, no NUL, no control character but TAB, LF, CR. */
export function isCleanText(text: string): boolean {
  return isWellFormed(text) && !CONTROL.test(text);
}

/**
 * Looks at a parsed JSON value before any class sees it: depth (the value itself is 1), keys that reach into prototypes,
 * and text that could not come back unchanged. Returns the first fault, or null.
 */
export function inspectJson(value: unknown, path = '', depth = 1): Fault | null {
  if (typeof value === 'string') {
    return isCleanText(value) ? null : { path, message: 'must not contain control characters or lone surrogates' };
  }
  // JSON has numbers that a double has not: they would come back as null.
  if (typeof value === 'number' && !Number.isFinite(value)) return { path, message: 'must be a finite number' };
  if (value === null || typeof value !== 'object') return null;
  if (depth > MAX_DEPTH) return { path, message: `must not be nested deeper than ${MAX_DEPTH}` };
  // Socket.IO parses attachments into Buffers; nothing of ours takes one.
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return { path, message: 'must not be binary' };
  if (Array.isArray(value)) return firstFault(value.entries(), path, depth);
  for (const key of Object.keys(value)) {
    if (FORBIDDEN_KEYS.has(key)) return { path: join(path, key), message: 'is not an allowed name' };
    if (!isCleanText(key)) return { path, message: 'has a field name with control characters or lone surrogates' };
  }
  return firstFault(Object.entries(value), path, depth);
}

function firstFault(children: Iterable<[string | number, unknown]>, path: string, depth: number): Fault | null {
  for (const [key, child] of children) {
    const fault = inspectJson(child, join(path, key), depth + 1);
    if (fault) return fault;
  }
  return null;
}

function join(path: string, key: string | number): string {
  return path === '' ? String(key) : `${path}.${key}`;
}

// String.prototype.isWellFormed is not in the ES2023 library typings, Node 20 has it.
function isWellFormed(text: string): boolean {
  return (text as string & { isWellFormed(): boolean }).isWellFormed();
}
