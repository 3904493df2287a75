import type { AddressInfo } from 'node:net';
import { Logger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { loadConfigOrExit, StandaloneConfig } from '@parley/config';
import { ENTRIES_TOPIC } from '@parley/contracts';
import { RecordBatchServer } from '@parley/message-log';
import { StructuredLogger } from '@parley/operability';
import { PendingVerdicts } from '@parley/sending';
import { configureHttp } from '../../api/src/http/configure-http.js';
import { serveOpenApi } from '../../api/src/http/open-api.js';
import { Admission } from '../../gateway/src/connections/admission.js';
import { GatewaySettings } from '../../gateway/src/connections/gateway-settings.js';
import { ParleyIoAdapter } from '../../gateway/src/connections/parley-io.adapter.js';
import { FrameReceiver } from '../../gateway/src/delivery/frame-receiver.js';
import { openEmbeddedEngines, type EmbeddedEngines } from './embedded-engines.js';
import { StandaloneModule } from './standalone.module.js';

const logger = new Logger('Standalone');
/** Below the ten seconds after which service managers kill. */
const STOP_WITHIN_MS = 9_000;

async function main(): Promise<void> {
  const config = loadConfigOrExit(StandaloneConfig);
  const running: Running = {};
  const stop = stopOnce(running);
  // From the first moment on: what is open when the signal comes is closed.
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => void stop(0));
  // Whoever started this process holds the other end of the channel and has gone.
  if (process.channel) process.once('disconnect', () => void stop(0));
  try {
    running.engines = await openEmbeddedEngines(config);
    void running.engines.postgres.ended.then(({ requested, reason }) => {
      if (requested) return;
      logger.error(`PostgreSQL ended: ${reason}`);
      void stop(1);
    });
    running.app = await startApp(config, running.engines);
  } catch (error) {
    logger.fatal(error instanceof Error ? error.message : String(error));
    await stop(1);
    return;
  }
  announce(running.app, config);
}

/** What there is to close. */
interface Running {
  engines?: EmbeddedEngines;
  app?: NestExpressApplication;
}

async function startApp(config: Readonly<StandaloneConfig>, engines: EmbeddedEngines): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(StandaloneModule.of(config, engines), {
    bodyParser: false,
    abortOnError: false,
    logger: new StructuredLogger(config.LOG_LEVEL),
  });
  configureHttp(app);
  serveOpenApi(app);
  app.useWebSocketAdapter(new ParleyIoAdapter(app.getHttpServer(), app.get(GatewaySettings), app.get(Admission)));
  app.connectMicroservice({ strategy: new RecordBatchServer(engines.log.source('router'), ENTRIES_TOPIC) });
  engines.link.attach(app.get(PendingVerdicts).address.gateway, app.get(FrameReceiver));
  await app.startAllMicroservices();
  await app.listen(config.PORT, config.HOST);
  return app;
}

/**
 * Clients first, then what serves them, the engines last. A kill loses nothing that was accepted, so a stop that takes too
 * long ends in one.
 */
function stopOnce(running: Running): (exitCode: number) => Promise<void> {
  let stopping = false;
  return async (exitCode) => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => {
      logger.error('the stop took too long');
      process.exit(1);
    }, STOP_WITHIN_MS).unref();
    try {
      await running.app?.close();
      await running.engines?.close();
      process.exit(exitCode);
    } catch (error) {
      logger.error(`the stop was not clean: ${String(error)}`);
      process.exit(1);
    }
  };
}

function announce(app: NestExpressApplication, config: Readonly<StandaloneConfig>): void {
  const { port } = app.getHttpServer().address() as AddressInfo;
  const url = `http://localhost:${port}`;
  const lines = [
    `Parley is ready in ${(performance.now() / 1_000).toFixed(1)} s`,
    `  Socket.IO  ${url}`,
    `  REST       ${url}/api/v1`,
    `  API docs   ${url}/docs`,
    `  health     ${url}/health/ready`,
    `  data       ${config.DATA_DIR}`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

await main();
