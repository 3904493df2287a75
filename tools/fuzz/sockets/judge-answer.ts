import { ERRORS, type ErrorCode } from '@parley/contracts';
import { faultsOfAcknowledgement } from '@parley/harness';

/** Stands for all names that are no event's. */
const NO_EVENT = 'no event';

/**
 * What is wrong with an acknowledgement; null where it is one as the document and the table of codes have it. `event`: the
 * name of one that there is, null for any other.
 */
export function judgeAcknowledgement(event: string | null, answer: unknown): string | null {
  return faultOf(answer) ?? faultsOfAcknowledgement(event ?? NO_EVENT, answer)[0] ?? null;
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
