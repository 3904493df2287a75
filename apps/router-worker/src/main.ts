import { NestFactory } from '@nestjs/core';
import type { MicroserviceOptions } from '@nestjs/microservices';
import { loadConfigOrExit, RouterWorkerConfig } from '@parley/config';
import { ENTRIES_TOPIC } from '@parley/contracts';
import {
  checkLedger,
  LedgeredRecordSource,
  linkTlsOf,
  openKafka,
  openRedis,
  openStore,
  portsOnCassandra,
  portsOnRedis,
  routerGroupOf,
  runFleetProcess,
} from '@parley/fleet';
import { GatewayLink, TcpGatewayLink } from '@parley/gateway-link';
import { RecordBatchServer } from '@parley/message-log';
import { CassandraLogLedger } from '@parley/message-store';
import { watchEngine } from '@parley/operability';
import { FleetRouterModule } from './fleet-router.module.js';

const config = loadConfigOrExit(RouterWorkerConfig);

await runFleetProcess('router-worker', config, async (fleetProcess) => {
  const { lifecycle, readiness, logger } = fleetProcess;
  const redis = await openRedis(config, fleetProcess);
  const [log, session] = await Promise.all([openKafka(config, fleetProcess), openStore(config, fleetProcess)]);
  const ledger = new CassandraLogLedger(session);
  await checkLedger(ledger, log, lifecycle.stopping);
  const source = log.source(routerGroupOf(config.KAFKA_PREFIX));
  watchEngine(readiness, 'consumer group', 'stops', () => source.unavailable);
  const link = new TcpGatewayLink({ secret: config.LINK_SECRET, tls: linkTlsOf(config) });
  const ports = [...portsOnCassandra(session), ...portsOnRedis(redis), { provide: GatewayLink, useValue: link }];
  const strategy = new RecordBatchServer(new LedgeredRecordSource(source, ledger), ENTRIES_TOPIC);
  const app = await NestFactory.createMicroservice<MicroserviceOptions>(FleetRouterModule.of(readiness, ports), {
    strategy,
    abortOnError: false,
    logger,
  });
  await lifecycle.onStop(() => app.close());
  await app.listen();
  return {};
});
