import type { WorkerLeases } from '@parley/snowflake';
import type { AuditTrail } from '../audit-trail.js';
import type { OperatorDirectory } from '../operator-directory.js';
import type { UserDirectory } from '../user-directory.js';
import { openDataSource } from './data-source.js';
import { PostgresAuditTrail } from './postgres-audit-trail.js';
import type { PostgresConnection } from './postgres-connection.js';
import { PostgresOperatorDirectory } from './postgres-operator-directory.js';
import { PostgresUserDirectory } from './postgres-user-directory.js';
import { PostgresWorkerLeases } from './postgres-worker-leases.js';

/** What a command needs that makes and changes accounts. */
export interface AccountPorts {
  users: UserDirectory;
  operators: OperatorDirectory;
  audit: AuditTrail;
  workerLeases: WorkerLeases;
  close(): Promise<void>;
}

/** The ports for a program that is no Nest application. The schema is up to date when it resolves. */
export async function openAccountPorts(connection: PostgresConnection): Promise<AccountPorts> {
  const dataSource = await openDataSource(connection);
  return {
    users: new PostgresUserDirectory(dataSource),
    operators: new PostgresOperatorDirectory(dataSource),
    audit: new PostgresAuditTrail(dataSource),
    workerLeases: new PostgresWorkerLeases(dataSource),
    close: () => dataSource.destroy(),
  };
}
