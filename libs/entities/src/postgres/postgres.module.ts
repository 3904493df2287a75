import { ConfigurableModuleBuilder, Module, type OnApplicationShutdown } from '@nestjs/common';
import { WorkerLeases } from '@parley/snowflake';
import { DataSource } from 'typeorm';
import { AuditTrail } from '../audit-trail.js';
import { BlockDirectory } from '../block-directory.js';
import { ContactDirectory } from '../contact-directory.js';
import { ConversationDirectory, Outbox } from '../conversation-directory.js';
import { DeviceDirectory } from '../device-directory.js';
import { MuteDirectory } from '../mute-directory.js';
import { OperatorDirectory } from '../operator-directory.js';
import { TokenFamilies } from '../token-families.js';
import { UserDirectory } from '../user-directory.js';
import { openDataSource } from './data-source.js';
import { PostgresAuditTrail } from './postgres-audit-trail.js';
import { PostgresBlockDirectory } from './postgres-block-directory.js';
import { PostgresContactDirectory } from './postgres-contact-directory.js';
import { PostgresConversationDirectory } from './postgres-conversation-directory.js';
import { PostgresDeviceDirectory } from './postgres-device-directory.js';
import type { PostgresConnection } from './postgres-connection.js';
import { PostgresMuteDirectory } from './postgres-mute-directory.js';
import { PostgresOperatorDirectory } from './postgres-operator-directory.js';
import { PostgresOutbox } from './postgres-outbox.js';
import { PostgresTokenFamilies } from './postgres-token-families.js';
import { PostgresUserDirectory } from './postgres-user-directory.js';
import { PostgresWorkerLeases } from './postgres-worker-leases.js';
import { RelayPlace } from './relay-place.js';

const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN } = new ConfigurableModuleBuilder<PostgresConnection>()
  .setClassMethodName('forRoot')
  .setExtras({}, (definition) => ({ ...definition, global: true }))
  .build();

const PORTS = [
  { provide: UserDirectory, useClass: PostgresUserDirectory },
  { provide: TokenFamilies, useClass: PostgresTokenFamilies },
  { provide: DeviceDirectory, useClass: PostgresDeviceDirectory },
  { provide: ConversationDirectory, useClass: PostgresConversationDirectory },
  { provide: BlockDirectory, useClass: PostgresBlockDirectory },
  { provide: ContactDirectory, useClass: PostgresContactDirectory },
  { provide: MuteDirectory, useClass: PostgresMuteDirectory },
  { provide: OperatorDirectory, useClass: PostgresOperatorDirectory },
  { provide: AuditTrail, useClass: PostgresAuditTrail },
  { provide: Outbox, useClass: PostgresOutbox },
  { provide: WorkerLeases, useClass: PostgresWorkerLeases },
];

/**
 * The relational ports on one PostgreSQL database: `forRoot(connection)`, or `forRootAsync({ inject, useFactory })` for a
 * connection that comes from the configuration. The schema is up to date before anything is injected; the application
 * does not start where the database is not there.
 *
 * It is global and closes its connections at the very end of a shutdown. Nest ends global modules in the reverse order
 * in which they are listed: list this one before those that still need the database then.
 */
@Module({
  providers: [
    { provide: DataSource, inject: [MODULE_OPTIONS_TOKEN], useFactory: openDataSource },
    {
      provide: RelayPlace,
      inject: [MODULE_OPTIONS_TOKEN],
      useFactory: (connection: PostgresConnection) => new RelayPlace(connection),
    },
    ...PORTS,
  ],
  exports: PORTS.map(({ provide }) => provide),
})
export class PostgresModule extends ConfigurableModuleClass implements OnApplicationShutdown {
  constructor(
    private readonly dataSource: DataSource,
    private readonly place: RelayPlace,
  ) {
    super();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.place.leave();
    await this.dataSource.destroy();
  }
}
