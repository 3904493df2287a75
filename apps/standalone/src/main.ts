import type { AddressInfo } from 'node:net';
import { Logger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { AllowedOrigins, loadConfigOrExit, StandaloneConfig } from '@parley/config';
import { ENTRIES_TOPIC, ROUTER_GROUP } from '@parley/contracts';
import { serveAsyncApi } from '@parley/documents';
import { RecordBatchServer } from '@parley/message-log';
import {
  announceReady,
  ProcessLifecycle,
  Readiness,
  startLogging,
  startOps,
  startTracing,
  type OpsServer,
} from '@parley/operability';
import { PendingVerdicts } from '@parley/sending';
import { configureHttp } from '../../api/src/http/configure-http.js';
import { serveOpenApi } from '../../api/src/http/open-api.js';
import { Admission } from '../../gateway/src/connections/admission.js';
import { GatewaySettings } from '../../gateway/src/connections/gateway-settings.js';
import { ParleyIoAdapter } from '../../gateway/src/connections/parley-io.adapter.js';
import { SocketSessions } from '../../gateway/src/connections/socket-sessions.js';
import { FrameReceiver } from '../../gateway/src/delivery/frame-receiver.js';
import { openEmbeddedEngines, type EmbeddedEngines } from './embedded-engines.js';
import { StandaloneModule } from './standalone.module.js';

const logger = new Logger('Standalone');

const config = loadConfigOrExit(StandaloneConfig);
const logging = startLogging('standalone', config);
const lifecycle = new ProcessLifecycle();
await lifecycle.run(start);

/** The internal port first, so that it answers from the beginning and to the end; then the engines, then what they serve. */
async function start(): Promise<void> {
  const readiness = new Readiness();
  const started = readiness.add('start', () => 'not finished');
  await lifecycle.onStop(await startTracing('standalone', config));
  const ops = await startOpsOrGoWithout(readiness);
  if (ops) await lifecycle.onStop(() => ops.close());
  const engines = await openEmbeddedEngines(config);
  await lifecycle.onStop(() => engines.close());
  void engines.postgres.ended.then(({ requested, reason }) => {
    if (requested) return;
    logger.error(`PostgreSQL ended: ${reason}`);
    void lifecycle.stop(1);
  });
  const app = await createApp(engines, readiness);
  await lifecycle.onStop(() => app.close());
  await app.startAllMicroservices();
  await app.listen(config.PORT, config.HOST);
  started();
  announce(app, ops);
}

/** Who only wants to try it out may have something else on that port. */
async function startOpsOrGoWithout(readiness: Readiness): Promise<OpsServer | null> {
  const { OPS_HOST: host, OPS_PORT: port, OPS_TOKEN: token } = config;
  try {
    return await startOps({ host, port, token, readiness });
  } catch (error) {
    logger.warn(`no metrics: OPS_PORT ${port} cannot be had (${(error as Error).message}); 0 takes a free one`);
    return null;
  }
}

async function createApp(engines: EmbeddedEngines, readiness: Readiness): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(StandaloneModule.of(config, engines, readiness), {
    bodyParser: false,
    abortOnError: false,
  });
  configureHttp(app, { trustProxy: config.TRUST_PROXY, origins: new AllowedOrigins(config.ALLOWED_ORIGINS) });
  serveOpenApi(app);
  serveAsyncApi(app);
  app.useWebSocketAdapter(
    new ParleyIoAdapter(app.getHttpServer(), app.get(GatewaySettings), app.get(Admission), app.get(SocketSessions)),
  );
  app.connectMicroservice({ strategy: new RecordBatchServer(engines.log.source(ROUTER_GROUP), ENTRIES_TOPIC) });
  engines.link.attach(app.get(PendingVerdicts).address.gateway, app.get(FrameReceiver));
  return app;
}

function announce(app: NestExpressApplication, ops: OpsServer | null): void {
  const { port } = app.getHttpServer().address() as AddressInfo;
  const url = `http://localhost:${port}`;
  announceReady(logging, 'Parley', {
    'Socket.IO': url,
    REST: `${url}/api/v1`,
    'API docs': `${url}/docs`,
    health: `${url}/health/ready`,
    ...(ops && { metrics: `http://localhost:${ops.port}/metrics` }),
    data: config.DATA_DIR,
  });
}
