import { Logger } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { logIds, noteIds, withLogIds } from '@parley/operability';
import type { Caller } from './bearer-guard.js';
import { requestIdOf } from './request-id.js';

/** An answer that takes longer is worth a look, in milliseconds. */
const SLOW_MS = 1_000;

const logger = new Logger('Http');

/**
 * Every line that is logged on the way of a request carries its id, and so does one line at its end: `debug`, `info` for a
 * 5xx (the fault itself has a line of its own), `warn` for what took more than a second. It names the route, not the
 * URL: paths and queries are what users typed.
 */
export function logRequest(request: Request, response: Response, next: NextFunction): void {
  withLogIds({ request_id: requestIdOf(response) }, () => {
    const begun = performance.now();
    const ids = logIds();
    // Where the caller breaks off, the connection says so, on which nobody has set any ids.
    response.once('close', () => withLogIds(ids, () => tell(request, response, performance.now() - begun)));
    next();
  });
}

function tell(request: Request & { caller?: Caller }, response: Response, durationMs: number): void {
  const { method, caller } = request;
  const status = response.writableFinished ? response.statusCode : null;
  if (caller) noteIds({ user_id: caller.userId });
  const fields = { method, route: routeOf(request), status, duration_ms: Math.round(durationMs) };
  const message = status === null ? 'a request was broken off' : 'answered';
  if (durationMs > SLOW_MS) logger.warn(message, fields);
  else if (status !== null && status >= 500) logger.log(message, fields);
  else logger.debug(message, fields);
}

/** As its controller declares it; null where no controller was reached. */
export function routeOf(request: Request): string | null {
  const route = request.route as { path?: unknown } | undefined;
  return typeof route?.path === 'string' ? route.path : null;
}
