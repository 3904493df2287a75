import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as passed } from 'node:timers/promises';
import { engineAddresses, type ClusterProcesses, type EngineSet } from '@parley/harness';
import { openCassandra } from '@parley/message-store';

/** What faults strike. */
export interface Fleet {
  cluster: ClusterProcesses;
  engines: EngineSet;
}

const TABLES_WITHIN_MS = 180_000;

/** Makes the tables before there are processes: on three busy nodes it takes longer than those may take to start. */
export async function makeTables(engines: EngineSet): Promise<void> {
  const { cassandraContactPoints: contactPoints } = engineAddresses(engines.environment());
  const replicationFactor = contactPoints.length;
  const deadline = performance.now() + TABLES_WITHIN_MS;
  for (;;) {
    try {
      const connection = { contactPoints, localDataCenter: 'datacenter1', keyspace: 'parley', replicationFactor };
      await (await openCassandra(connection)).close();
      return;
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await passed(1_000);
    }
  }
}

/** Empties Redis while everybody is connected to it. */
export async function flushRedis({ engines }: Fleet): Promise<void> {
  const socket = connect(engines.node('redis').listener);
  try {
    socket.write('FLUSHALL\r\n');
    const [answer] = (await once(socket, 'data')) as [Buffer];
    if (!answer.toString().startsWith('+OK')) throw new Error(`Redis answered ${answer.toString()}`);
  } finally {
    socket.destroy();
  }
}
