import { KafkaSettings } from '@parley/config';
import { ENTRIES_TOPIC } from '@parley/contracts';
import type { EngineAddresses } from '@parley/harness';
import { KafkaMessageLog, type Quarantine } from '@parley/message-log';
import { CassandraQuarantine, openCassandra } from '@parley/message-store';

/** The log and the quarantine of a fleet on single engines, past its processes. */
export interface EngineClients {
  log: KafkaMessageLog;
  quarantine: Quarantine;
  close(): Promise<void>;
}

export async function openEngineClients(engines: EngineAddresses): Promise<EngineClients> {
  const session = await openCassandra({
    contactPoints: engines.cassandraContactPoints,
    localDataCenter: 'datacenter1',
    keyspace: 'parley',
    replicationFactor: 1,
  });
  const log = await KafkaMessageLog.open(
    { brokers: engines.kafkaBrokers, clientId: 'garbage' },
    {
      topic: ENTRIES_TOPIC,
      partitions: new KafkaSettings().KAFKA_TOPIC_PARTITIONS,
      replicationFactor: 1,
      minInsyncReplicas: 1,
    },
  );
  const close = async (): Promise<void> => void (await Promise.all([log.close(), session.close()]));
  return { log, quarantine: new CassandraQuarantine(session), close };
}
