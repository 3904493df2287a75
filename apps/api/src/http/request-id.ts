import { randomUUID } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';

const HEADER = 'X-Request-Id';
const SANE = /^[A-Za-z0-9._-]{1,64}$/;

/**
 * Gives every response an `X-Request-Id`: the caller's own where it is sane, so that it can be followed through several
 * systems, else a new one. Comes first, so that no answer lacks it.
 */
export function assignRequestId(request: Request, response: Response, next: NextFunction): void {
  const inbound = request.get(HEADER);
  response.setHeader(HEADER, inbound !== undefined && SANE.test(inbound) ? inbound : newRequestId());
  next();
}

/** The id that this response carries. */
export function requestIdOf(response: Response): string {
  return String(response.getHeader(HEADER) ?? newRequestId());
}

export function newRequestId(): string {
  return randomUUID();
}
