import { RequestMethod } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { AllowedOrigins } from '@parley/config';
import type { NextFunction, Request, Response } from 'express';
import { allowOrigins } from './allow-origins.js';
import { logRequest } from './log-request.js';
import { ProblemFilter } from './problem-filter.js';
import { keepReceivedBody, readBytes } from './received-body.js';
import { assignRequestId } from './request-id.js';
import { traceRequest } from './trace-request.js';
import { answerUnreadableRequest } from './unreadable-request.js';

const PREFIX = 'api/v1';

/**
 * Makes an application answer as the protocol says, also where no controller is reached: the prefix /api/v1, request ids,
 * bodies as bytes up to 64 KiB, a problem for every error. Call it before `init` or `listen`, on an application
 * created with `{ bodyParser: false }`. `trustProxy`: how many proxies stand in front, each adding the address that it
 * serves to X-Forwarded-For; a client's own claims in that header never count. `origins`: of which web pages may read what
 * is answered.
 */
export function configureHttp(
  app: NestExpressApplication,
  { trustProxy = 0, origins = new AllowedOrigins() }: { trustProxy?: number; origins?: AllowedOrigins } = {},
): void {
  app.set('trust proxy', trustProxy);
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', 'simple');
  const atTheRoot = ['health/*path', '.well-known/*path'].map((path) => ({ path, method: RequestMethod.GET }));
  app.setGlobalPrefix(PREFIX, { exclude: atTheRoot });
  app.use(assignRequestId, logRequest);
  allowOrigins(app, origins);
  app.use(`/${PREFIX}`, traceRequest, protectAnswer, readBytes, keepReceivedBody);
  app.useGlobalFilters(new ProblemFilter());
  app.getHttpServer().on('clientError', answerUnreadableRequest);
}

/**
 * Answers carry tokens and private messages: nothing on the way keeps them or takes them for something else. And since none
 * is kept, none is asked for conditionally.
 */
function protectAnswer(request: Request, response: Response, next: NextFunction): void {
  delete request.headers['if-none-match'];
  response.setHeader('Cache-Control', 'no-store');
  response.setHeader('X-Content-Type-Options', 'nosniff');
  next();
}
