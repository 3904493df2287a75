import { mismatches } from '../values/matches-schema.js';
import type { SchemaDocument } from '../values/schema.js';
import type { EventOperation } from './operations.js';
import { ERRORS, type ErrorCode } from '@parley/contracts';

/** What is wrong with an acknowledgement; null where it is one as the document and the table of codes have it. */
export function judgeAcknowledgement(
  document: SchemaDocument,
  operation: EventOperation | null,
  answer: unknown,
): string | null {
  const answers = operation?.answers ?? [];
  const fits = answers.some((schema) => mismatches(document, schema, answer).length === 0);
  const fault = faultOf(answer);
  return fault ?? (operation && !fits ? `is none of those declared: ${JSON.stringify(answer)}` : null);
}

function faultOf(answer: unknown): string | null {
  if (answer === null || typeof answer !== 'object') return `is no object: ${JSON.stringify(answer)}`;
  const { ok, error } = answer as { ok?: unknown; error?: Record<string, unknown> };
  if (ok === true) return null;
  if (ok !== false || error === null || typeof error !== 'object') return `is neither: ${JSON.stringify(answer)}`;
  const { code, message, retryable } = error;
  const known = typeof code === 'string' && Object.hasOwn(ERRORS, code) ? ERRORS[code as ErrorCode] : null;
  if (!known) return `has an unknown code: ${JSON.stringify(answer)}`;
  if (code === 'internal') return 'says that something broke';
  if (known.retryable !== retryable || typeof message !== 'string') return `is incomplete: ${JSON.stringify(answer)}`;
  return null;
}
