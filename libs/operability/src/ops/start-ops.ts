import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { watchNode } from '../metrics/process-registry.js';
import type { Readiness } from '../readiness.js';
import { OpsModule } from './ops.module.js';

export interface OpsOptions {
  host: string;
  /** 0 takes a free one. */
  port: number;
  /** What health in detail and metrics ask for; left out: nothing. */
  token?: string;
  /** The one that the app's modules add their checks to. */
  readiness: Readiness;
}

export interface OpsServer {
  port: number;
  close(): Promise<void>;
}

/**
 * Serves `/health/live`, `/health/ready` and `/metrics` on the internal port: an application of its own, so that it answers
 * before the app has its engines and while the app's port is full. Rejects where the port cannot be had.
 */
export async function startOps({ host, port, token, readiness }: OpsOptions): Promise<OpsServer> {
  const app = await NestFactory.create<NestExpressApplication>(OpsModule.of(readiness, token ?? null), {
    abortOnError: false,
    bodyParser: false,
  });
  app.disable('x-powered-by');
  await app.init();
  // Not Nest's own `listen`, which reports a taken port as an error before the caller can say what it means.
  const server: Server = app.getHttpServer();
  try {
    await once(server.listen(port, host), 'listening');
  } catch (error) {
    await app.close();
    throw error;
  }
  watchNode();
  return { port: (server.address() as AddressInfo).port, close: () => app.close() };
}
