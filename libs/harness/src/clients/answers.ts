import type { ErrorCode } from '@parley/contracts';

/** A refusal as an acknowledgement carries it. */
export interface Refusal {
  ok: false;
  error: { code: ErrorCode; message: string; retryable: boolean; retry_after_ms?: number };
}

/** What the server acknowledges an event with. */
export type Answer<T extends object = Record<string, unknown>> = ({ ok: true } & T) | Refusal;

/** The code of a refusal; undefined for an acceptance. Makes expectations short. */
export function codeOf(answer: Answer<object>): ErrorCode | undefined {
  return answer.ok ? undefined : answer.error.code;
}
