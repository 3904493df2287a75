import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { KafkaMessageLog } from '@parley/message-log';
import { LogMismatch, type LogLedger } from '@parley/message-store';

const RETRY_MS = 250;

/**
 * Whether this log is the one that fed this store, and whole. Rejects with `LogMismatch` where it is not: the process must
 * not start. While either of the two does not answer it is asked again, until `signal` ends that: an engine may go just
 * after it came, and processes that start together get in each other's way at the claim.
 */
export async function checkLedger(
  ledger: LogLedger,
  log: Pick<KafkaMessageLog, 'description' | 'ends'>,
  signal: AbortSignal,
): Promise<void> {
  const logger = new Logger('Engines');
  const { clusterId: cluster, topic, partitions } = log.description;
  for (;;) {
    try {
      await ledger.claim({ cluster, topic, partitions });
      return await ledger.check(() => log.ends());
    } catch (error) {
      if (error instanceof LogMismatch) throw error;
      logger.warn(`log and store cannot be compared yet: ${String(error)}`);
    }
    await sleep(RETRY_MS, undefined, { signal });
  }
}
