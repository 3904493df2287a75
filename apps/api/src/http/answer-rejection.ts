import type { Request, Response } from 'express';
import { problemOf, type Rejection } from '@parley/contracts';
import { requestIdOf } from './request-id.js';

/** Answers with a rejection's problem and the headers that belong to it. */
export function answerRejection(rejection: Rejection, request: Request, response: Response): void {
  const problem = problemOf(rejection, requestIdOf(response));
  if (problem.status === 401) response.setHeader('WWW-Authenticate', challengeOf(rejection, request));
  if (problem.retry_after_ms !== undefined) {
    response.setHeader('Retry-After', String(Math.max(1, Math.ceil(problem.retry_after_ms / 1_000))));
  }
  response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
}

/** RFC 6750, 3: an error is named only where a token was sent. */
function challengeOf({ code }: Rejection, request: Request): string {
  const isTokenRefused =
    request.headers.authorization !== undefined && (code === 'unauthorized' || code === 'token_expired');
  return isTokenRefused ? 'Bearer realm="parley", error="invalid_token"' : 'Bearer realm="parley"';
}
