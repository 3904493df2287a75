import type { NextFunction, Request, Response } from 'express';
import { inSpan } from '@parley/operability';
import { routeOf } from './log-request.js';
import { requestIdOf } from './request-id.js';

/**
 * A span from a request to the end of its answer, named by its route. It begins a trace of its own: a `traceparent` that a
 * client sends is not believed, since with it anybody could have everything traced.
 */
export function traceRequest(request: Request, response: Response, next: NextFunction): void {
  const attributes = { request_id: requestIdOf(response), 'http.request.method': request.method };
  void inSpan(request.method, { kind: 'server', attributes }, async (span) => {
    const closed = new Promise((resolve) => response.once('close', resolve));
    next();
    await closed;
    const route = routeOf(request);
    if (route !== null) span.updateName(`${request.method} ${route}`).setAttribute('http.route', route);
    span.setAttribute('http.response.status_code', response.statusCode);
  });
}
