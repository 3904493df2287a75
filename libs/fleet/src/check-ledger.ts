import type { KafkaMessageLog } from '@parley/message-log';
import type { LogLedger } from '@parley/message-store';

/**
 * Whether this log is the one that fed this store, and whole. Rejects with `LogMismatch` where it is not: the process must
 * not start.
 */
export async function checkLedger(ledger: LogLedger, log: KafkaMessageLog): Promise<void> {
  const { clusterId: cluster, topic, partitions } = log.description;
  await ledger.claim({ cluster, topic, partitions });
  await ledger.check(() => log.ends());
}
