import { ERRORS, type ErrorCode } from '@parley/contracts';

/** What is wrong with an acknowledgement; null where it is one as the protocol has it. */
export function judgeAcknowledgement(answer: unknown): string | null {
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
