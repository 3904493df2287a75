import { ApiProperty } from '@nestjs/swagger';
import { ERRORS, type ErrorCode, type Fault, type Rejection } from './error-codes.js';

/** What a client is told to wait where the refusal itself names no time, in milliseconds. */
const DEFAULT_RETRY_AFTER_MS = 1_000;

/** One fault of the input. */
export class FaultView {
  @ApiProperty({ type: String, description: 'Dotted path into the payload; empty for the payload itself.' })
  path: string;
  @ApiProperty({ type: String })
  message: string;
}

/** The body of every error over HTTP, a refused upgrade included: RFC 9457 `application/problem+json`. */
export class ProblemView {
  @ApiProperty({ type: String, format: 'uri', description: 'urn:parley:problem: and the code.' })
  type: string;
  @ApiProperty({ type: String, description: 'The code in words, always the same.' })
  title: string;
  @ApiProperty({ type: 'integer' })
  status: number;
  @ApiProperty({ type: String, description: 'What was wrong this time, for people.' })
  detail: string;
  @ApiProperty({ type: String, enum: Object.keys(ERRORS), description: 'For programs.' })
  code: ErrorCode;
  @ApiProperty({ type: [FaultView], required: false, description: 'With `validation_failed`: what is wrong where.' })
  errors?: Fault[];
  @ApiProperty({ type: String, description: 'The same as the header X-Request-Id.' })
  request_id: string;
  @ApiProperty({ type: 'integer', required: false, description: 'Try again unchanged after so many milliseconds.' })
  retry_after_ms?: number;
}

/** A rejection as a problem; what is retryable always says when. */
export function problemOf(rejection: Rejection, requestId: string): ProblemView {
  const { code, message, faults } = rejection;
  const { status, title, retryable } = ERRORS[code];
  const retryAfterMs = rejection.retryAfterMs ?? (retryable ? DEFAULT_RETRY_AFTER_MS : undefined);
  return {
    type: `urn:parley:problem:${code}`,
    title,
    status,
    detail: message,
    code,
    ...(faults && { errors: faults }),
    request_id: requestId,
    ...(retryAfterMs !== undefined && { retry_after_ms: retryAfterMs }),
  };
}
