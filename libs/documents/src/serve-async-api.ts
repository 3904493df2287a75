import type { INestApplication } from '@nestjs/common';
import type { Request, Response } from 'express';
import { buildAsyncApi } from './async-api/build-async-api.js';

/** Serves the document at `/asyncapi.json`: at the root, without a token. Call it before `init` or `listen`. */
export function serveAsyncApi(app: INestApplication): void {
  let document: string | null = null;
  app.getHttpAdapter().get('/asyncapi.json', (_request: Request, response: Response) => {
    document ??= JSON.stringify(buildAsyncApi(app));
    response.type('application/json').send(document);
  });
}
