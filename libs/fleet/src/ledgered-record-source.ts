import { RecordSource, type Assignment, type ConsumedRecord, type PartitionLag } from '@parley/message-log';
import type { LogLedger } from '@parley/message-store';

/**
 * A record source whose commits are noted in the store, too: what is below a committed offset is stored. Neither waits for
 * the other, since a commit counts only in the turn in which a partition is taken away; one that fails fails both, and is
 * made again.
 */
export class LedgeredRecordSource extends RecordSource {
  constructor(
    private readonly source: RecordSource,
    private readonly ledger: LogLedger,
  ) {
    super();
  }

  override start(onAssigned: (a: Assignment) => void, onRevoked: (a: Assignment) => void): Promise<void> {
    return this.source.start(onAssigned, onRevoked);
  }

  override read(partition: number, offset: number, maxRecords: number, waitMs: number): Promise<ConsumedRecord[]> {
    return this.source.read(partition, offset, maxRecords, waitMs);
  }

  override committed(partition: number): Promise<number> {
    return this.source.committed(partition);
  }

  override async commit(partition: number, offset: number): Promise<void> {
    const raised = offset > 0 ? this.ledger.raise(partition, offset - 1) : undefined;
    await Promise.all([raised, this.source.commit(partition, offset)]);
  }

  override lag(): Promise<PartitionLag[]> {
    return this.source.lag();
  }

  override stop(): Promise<void> {
    return this.source.stop();
  }
}
