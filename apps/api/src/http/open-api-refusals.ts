import type { ResponseObject } from '@nestjs/swagger';
import { ERRORS, problemOf, ProblemView, rejected, type ErrorCode } from '@parley/contracts';
import { getSchemaPath } from '@nestjs/swagger';

const REQUEST_ID = '5b0a7f0e-9d3c-4c52-8c1e-2f6d1a4b7c90';

/** Headers of answers, as components of the document. */
export const HEADERS = {
  'X-Request-Id': {
    description:
      'Names this request in logs: an inbound one of `^[A-Za-z0-9._-]{1,64}$` is echoed, any other replaced.',
    required: true,
    schema: { type: 'string', pattern: '^[A-Za-z0-9._-]{1,64}$' },
    example: REQUEST_ID,
  },
  'Retry-After': {
    description: 'Seconds; `retry_after_ms` of the problem, rounded up.',
    required: true,
    schema: { type: 'integer', minimum: 1 },
    example: 1,
  },
  'WWW-Authenticate': {
    description: 'RFC 6750: an error is named only where a token was sent.',
    required: true,
    schema: { type: 'string' },
    example: 'Bearer realm="parley", error="invalid_token"',
  },
} as const;

export const headerRef = (name: keyof typeof HEADERS) => ({ $ref: `#/components/headers/${name}` });

/** The name of the component that describes the refusals of one status. */
export const refusalName = (codes: readonly ErrorCode[]): string => codes.join('_or_');

/** One response for the codes of one HTTP status, with an example of each. */
export function refusalResponse(codes: readonly ErrorCode[]): ResponseObject {
  const [{ status }] = codes.map((code) => ERRORS[code]);
  const closer = { status: { type: 'integer', enum: [status] }, code: { type: 'string', enum: [...codes] } };
  return {
    description: codes.map((code) => `\`${code}\`: ${ERRORS[code].title}`).join('; '),
    headers: {
      'X-Request-Id': headerRef('X-Request-Id'),
      ...(status === 401 && { 'WWW-Authenticate': headerRef('WWW-Authenticate') }),
      ...(codes.some((code) => ERRORS[code].retryable) && { 'Retry-After': headerRef('Retry-After') }),
    },
    content: {
      'application/problem+json': {
        schema: { allOf: [{ $ref: getSchemaPath(ProblemView) }], type: 'object', properties: closer },
        examples: Object.fromEntries(codes.map((code) => [code, { value: exampleOfProblem(code) }])),
      },
    },
  };
}

function exampleOfProblem(code: ErrorCode): ProblemView {
  if (code !== 'validation_failed') return problemOf(rejected(code), REQUEST_ID);
  const faults = [{ path: 'limit', message: 'must be at most 200' }];
  return problemOf(rejected(code, 'limit must be at most 200', { faults }), REQUEST_ID);
}
