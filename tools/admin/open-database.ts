import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { configOf, DataSettings, loadConfigOrExit, PostgresSettings } from '@parley/config';
import { runningEmbeddedPostgres, startEmbeddedPostgres, type PostgresConnection } from '@parley/entities';
import { postgresConnectionOf } from '@parley/fleet';
import { DataFolderInUseError, DataFolderLock } from '@parley/ordered-store';

class EmbeddedConfig extends configOf(DataSettings) {}
class FleetConfig extends configOf(PostgresSettings) {}

export interface Database {
  connection: PostgresConnection;
  close(): Promise<void>;
}

/** The database that POSTGRES_URL names. */
export function fleetDatabase(): Database {
  return { connection: postgresConnectionOf(loadConfigOrExit(FleetConfig)), close: async () => undefined };
}

/** The database in DATA_DIR. Throws with what to do where there is none yet, or where it cannot be had now. */
export async function embeddedDatabase(): Promise<Database> {
  const { DATA_DIR } = loadConfigOrExit(EmbeddedConfig);
  // The server makes log and accounts together: accounts alone it would take for a folder that lost its messages.
  if (!existsSync(join(DATA_DIR, 'postgres', 'cluster'))) {
    throw new Error(`${DATA_DIR} holds no accounts yet: start the server once (npm start), then try again.`);
  }
  return databaseIn(DATA_DIR);
}

/** Of the server that holds the folder, or, where none does, one that is started for as long as it is needed. */
async function databaseIn(dataDir: string): Promise<Database> {
  const lock = lockUnlessHeld(dataDir);
  if (!lock) {
    const connection = runningEmbeddedPostgres({ dataDir });
    if (!connection) throw new Error(`The server in ${dataDir} is starting or stopping: try again in a moment.`);
    return { connection, close: async () => undefined };
  }
  try {
    const server = await startEmbeddedPostgres({ dataDir });
    const close = async () => {
      await server.stop();
      lock.release();
    };
    return { connection: server.connection, close };
  } catch (error) {
    lock.release();
    throw error;
  }
}

function lockUnlessHeld(dataDir: string): DataFolderLock | null {
  try {
    return DataFolderLock.acquire(dataDir);
  } catch (error) {
    if (error instanceof DataFolderInUseError) return null;
    throw error;
  }
}
