import type { AddressInfo } from 'node:net';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { AllowedOrigins, ApiConfig, linkAddressOf, loadConfigOrExit } from '@parley/config';
import { serveAsyncApi } from '@parley/documents';
import { linkTlsOf, openServingGround, runFleetProcess } from '@parley/fleet';
import { LinkServer } from '@parley/gateway-link';
import { FleetApiModule } from './fleet-api.module.js';
import { configureHttp } from './http/configure-http.js';
import { serveOpenApi } from './http/open-api.js';

const config = loadConfigOrExit(ApiConfig);

await runFleetProcess('api', config, async (fleetProcess) => {
  const ground = await openServingGround(config, fleetProcess, { withoutPostgres: 'stops' });
  const app = await NestFactory.create<NestExpressApplication>(FleetApiModule.of(config, ground), {
    bodyParser: false,
    abortOnError: false,
    logger: fleetProcess.logger,
  });
  await fleetProcess.lifecycle.onStop(() => app.close());
  configureHttp(app, { trustProxy: config.TRUST_PROXY, origins: new AllowedOrigins(config.ALLOWED_ORIGINS) });
  serveOpenApi(app);
  serveAsyncApi(app);
  const { LINK_SECRET: secret, LINK_HOST: host, LINK_PORT: port } = config;
  const address = linkAddressOf(config);
  app.connectMicroservice({ strategy: new LinkServer({ address, secret, host, port, tls: linkTlsOf(config) }) });
  await app.startAllMicroservices();
  await app.listen(config.PORT, config.HOST);
  const url = `http://localhost:${(app.getHttpServer().address() as AddressInfo).port}`;
  return { REST: `${url}/api/v1`, 'API docs': `${url}/docs`, link: address };
});
