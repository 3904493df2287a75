import { setTimeout as sleep } from 'node:timers/promises';
import { RecordSource, type Assignment, type ConsumedRecord, type PartitionLag } from '../message-log.js';

/** A source over records in memory, whose partitions, failures and commits a test sets and reads. */
export class ScriptedRecordSource extends RecordSource {
  readonly commits: { partition: number; offset: number }[] = [];
  readonly assignments = new Map<number, Assignment>();
  /** The next reads or commits fail with these, one each. */
  readonly readFailures: Error[] = [];
  readonly commitFailures: Error[] = [];
  stopped = false;
  private onAssigned: (a: Assignment) => void = () => undefined;
  private onRevoked: (a: Assignment) => void = () => undefined;
  private readonly partitions: ConsumedRecord[][];
  private readonly offsets = new Map<number, number>();

  constructor(partitions = 1) {
    super();
    this.partitions = Array.from({ length: partitions }, () => []);
  }

  /** Appends `count` records of `bytes` each. */
  add(count: number, bytes = 10, partition = 0): void {
    const records = this.partitions[partition];
    for (let i = 0; i < count; i++) {
      const position = { epoch: 0, offset: records.length };
      const value = new Uint8Array(bytes);
      records.push({ key: '7', value, headers: {}, position, appendedAt: 1_700_000_000_000 });
    }
  }

  assign(partition: number): Assignment {
    const assignment = { partition, revoked: false };
    this.assignments.set(partition, assignment);
    this.onAssigned(assignment);
    return assignment;
  }

  revoke(partition: number): void {
    this.onRevoked(this.assignments.get(partition)!);
  }

  override async start(onAssigned: (a: Assignment) => void, onRevoked: (a: Assignment) => void): Promise<void> {
    this.onAssigned = onAssigned;
    this.onRevoked = onRevoked;
    for (const partition of this.partitions.keys()) this.assign(partition);
  }

  override async read(
    partition: number,
    offset: number,
    maxRecords: number,
    waitMs: number,
  ): Promise<ConsumedRecord[]> {
    const failure = this.readFailures.shift();
    if (failure) throw failure;
    const deadline = performance.now() + waitMs;
    const records = this.partitions[partition];
    while (records.length <= offset && performance.now() < deadline && !this.stopped) await sleep(1);
    return records.slice(offset, offset + maxRecords);
  }

  override async committed(partition: number): Promise<number> {
    return this.offsets.get(partition) ?? 0;
  }

  override async commit(partition: number, offset: number): Promise<void> {
    const failure = this.commitFailures.shift();
    if (failure) throw failure;
    this.offsets.set(partition, offset);
    this.commits.push({ partition, offset });
  }

  override async lag(): Promise<PartitionLag[]> {
    return this.partitions.map((records, partition) => {
      return { partition, records: records.length - (this.offsets.get(partition) ?? 0) };
    });
  }

  override async stop(): Promise<void> {
    this.stopped = true;
  }
}
