/**
 * Every refusal that a client can meet, on both faces: the code, its HTTP status, whether trying again unchanged can
 * succeed, and how loudly it is logged. REST problems, socket acknowledgements and CONNECT_ERRORs all read this table.
 */
export const ERRORS = {
  validation_failed: { status: 400, retryable: false, log: 'debug', title: 'The input is not valid' },
  invalid_cursor: { status: 400, retryable: false, log: 'debug', title: 'The cursor does not belong to this list' },
  unauthorized: { status: 401, retryable: false, log: 'debug', title: 'A valid access token is needed' },
  token_expired: { status: 401, retryable: false, log: 'debug', title: 'The access token has expired' },
  invalid_credentials: { status: 401, retryable: false, log: 'debug', title: 'Handle or password is wrong' },
  token_reused: { status: 401, retryable: false, log: 'warn', title: 'The refresh token was used before' },
  forbidden: { status: 403, retryable: false, log: 'debug', title: 'Not allowed' },
  not_found: { status: 404, retryable: false, log: 'debug', title: 'Not found' },
  method_not_allowed: { status: 405, retryable: false, log: 'debug', title: 'This method is not offered here' },
  conflict: { status: 409, retryable: false, log: 'debug', title: 'In conflict with what is there' },
  handle_taken: { status: 409, retryable: false, log: 'debug', title: 'The handle is taken' },
  device_limit: { status: 409, retryable: false, log: 'debug', title: 'Too many devices' },
  payload_too_large: { status: 413, retryable: false, log: 'debug', title: 'The payload is too large' },
  unsupported_media_type: { status: 415, retryable: false, log: 'debug', title: 'Send application/json' },
  rate_limited: { status: 429, retryable: true, log: 'debug', title: 'Too many requests' },
  internal: { status: 500, retryable: true, log: 'error', title: 'Something broke on our side' },
  unavailable: { status: 503, retryable: true, log: 'warn', title: 'Outcome unknown, try again with the same key' },
  draining: { status: 503, retryable: true, log: 'debug', title: 'This server is going away' },
  over_capacity: { status: 503, retryable: true, log: 'warn', title: 'No room for another connection' },
  overloaded: { status: 503, retryable: true, log: 'warn', title: 'Too busy, nothing happened' },
  unknown_event: { status: 400, retryable: false, log: 'debug', title: 'No such event' },
  unsupported_protocol: { status: 400, retryable: false, log: 'debug', title: 'Protocol version not supported' },
} as const satisfies Record<
  string,
  { status: number; retryable: boolean; log: 'debug' | 'warn' | 'error'; title: string }
>;

export type ErrorCode = keyof typeof ERRORS;

/** One fault found in an input: a dotted path into the payload and a sentence that names what is wrong there. */
export interface Fault {
  path: string;
  message: string;
}

/**
 * An expected refusal, returned by use cases and shaped by the edges.
 * `message` is for people and never echoes the input; `retryAfterMs` is a wait in milliseconds.
 */
export interface Rejection {
  ok: false;
  code: ErrorCode;
  message: string;
  faults?: Fault[];
  retryAfterMs?: number;
}

export function rejected(
  code: ErrorCode,
  message: string = ERRORS[code].title,
  more: { faults?: Fault[]; retryAfterMs?: number } = {},
): Rejection {
  return { ok: false, code, message, ...more };
}

/** A rejection on its way through code that can only throw: Nest's pipes, guards and middleware. */
export class RejectedError extends Error {
  constructor(readonly rejection: Rejection) {
    super(rejection.message);
    this.name = 'RejectedError';
  }
}
