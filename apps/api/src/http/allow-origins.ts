import type { NestExpressApplication } from '@nestjs/platform-express';
import type { AllowedOrigins } from '@parley/config';
import type { Request } from 'express';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
const HEADERS = ['Authorization', 'Content-Type', 'Idempotency-Key', 'X-Request-Id'];
const SHOWN = ['X-Request-Id', 'Retry-After', 'WWW-Authenticate'];
/** For so long a browser does not ask again. */
const MAX_AGE_S = 600;

/**
 * CORS for the origins that sockets are taken from, too. There are no cookies: a page that is not allowed can ask without a
 * token only, and gets to read nothing.
 */
export function allowOrigins(app: NestExpressApplication, origins: AllowedOrigins): void {
  app.enableCors((request: Request, decide) => {
    const origin = origins.allows(request.headers);
    decide(null, { origin, methods: METHODS, allowedHeaders: HEADERS, exposedHeaders: SHOWN, maxAge: MAX_AGE_S });
  });
}
