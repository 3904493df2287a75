import type { AddressInfo } from 'node:net';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { GatewayConfig, linkAddressOf, loadConfigOrExit } from '@parley/config';
import { serveAsyncApi } from '@parley/documents';
import { linkTlsOf, openServingGround, runFleetProcess } from '@parley/fleet';
import { LinkServer } from '@parley/gateway-link';
import { Admission } from './connections/admission.js';
import { GatewaySettings } from './connections/gateway-settings.js';
import { ParleyIoAdapter } from './connections/parley-io.adapter.js';
import { SocketSessions } from './connections/socket-sessions.js';
import { FleetGatewayModule } from './fleet-gateway.module.js';

const config = loadConfigOrExit(GatewayConfig);

await runFleetProcess('gateway', config, async (fleetProcess) => {
  // Whoever is connected goes on without PostgreSQL, and comes back with a valid token.
  const ground = await openServingGround(config, fleetProcess, { withoutPostgres: 'degrades' });
  const app = await NestFactory.create<NestExpressApplication>(FleetGatewayModule.of(config, ground), {
    abortOnError: false,
    logger: fleetProcess.logger,
  });
  await fleetProcess.lifecycle.onStop(() => app.close());
  const { LINK_SECRET: secret, LINK_HOST: host, LINK_PORT: port } = config;
  const address = linkAddressOf(config);
  app.connectMicroservice({ strategy: new LinkServer({ address, secret, host, port, tls: linkTlsOf(config) }) });
  app.useWebSocketAdapter(
    new ParleyIoAdapter(app.getHttpServer(), app.get(GatewaySettings), app.get(Admission), app.get(SocketSessions)),
  );
  serveAsyncApi(app);
  await app.startAllMicroservices();
  await app.listen(config.PORT, config.HOST);
  const { port: publicPort } = app.getHttpServer().address() as AddressInfo;
  return { 'Socket.IO': `http://localhost:${publicPort}`, link: address };
});
