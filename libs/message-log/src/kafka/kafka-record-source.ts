import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { EngineUnavailable } from '@parley/contracts';
import type { KafkaMessage } from 'kafkajs';
import { RecordSource, type Assignment, type ConsumedRecord, type PartitionLag } from '../message-log.js';
import { CommitRound } from './commit-round.js';
import { consumedRecord } from './consumed-record.js';
import { FetchedRecords } from './fetched-records.js';
import { GroupMember, type MemberEvents } from './group-member.js';
import { GroupOffsets } from './group-offsets.js';
import type { KafkaConnection } from './kafka-connection.js';

const RETRY_MS = 500;

interface Owned {
  assignment: Assignment;
  fetched: FetchedRecords;
  committed: number;
  paused: boolean;
}

/**
 * A consumer group on a Kafka topic. Partitions move between the group's members as these come and go, and every move
 * ends all assignments of all members, also those of partitions that stay.
 *
 * A partition whose records were removed before the group had read them, or that ends below what the group has read, is
 * not read (`faults`): going on would lose them without anybody knowing. The others are. Somebody has to look at it and to
 * set the group's offset by hand; the next time that the partition is assigned it is looked at again.
 */
export class KafkaRecordSource extends RecordSource implements MemberEvents {
  private readonly logger = new Logger(KafkaRecordSource.name);
  private readonly member: GroupMember;
  private readonly owned = new Map<number, Owned>();
  private readonly unreadable = new Map<number, string>();
  private readonly offsets: GroupOffsets;
  private readonly commits: CommitRound;
  /** One object for as long as the same partitions are ours. */
  private session: object | null = null;
  private onAssigned: (a: Assignment) => void = () => undefined;
  private onRevoked: (a: Assignment) => void = () => undefined;
  private onStarted: () => void = () => undefined;

  constructor(
    connection: KafkaConnection,
    private readonly topic: string,
    private readonly group: string,
  ) {
    super();
    this.member = new GroupMember(connection, { topic, group }, this, this.logger);
    this.commits = new CommitRound((offsets) => this.member.commit(offsets));
    this.offsets = new GroupOffsets(connection, { topic, group }, this.logger);
  }

  /** Why this member does not read everything that is its own right now, or null. */
  get unavailable(): string | null {
    return this.faults[0] ?? this.member.reason;
  }

  get faults(): readonly string[] {
    return [...this.unreadable.values()];
  }

  /** Resolves when this process has joined the group, however long that takes, or when it is stopped. */
  override start(onAssigned: (a: Assignment) => void, onRevoked: (a: Assignment) => void): Promise<void> {
    this.onAssigned = onAssigned;
    this.onRevoked = onRevoked;
    return new Promise((resolve) => {
      this.onStarted = resolve;
      this.member.join();
    });
  }

  /** Empty at once for a partition that is not ours any more. */
  override async read(
    partition: number,
    offset: number,
    maxRecords: number,
    waitMs: number,
  ): Promise<ConsumedRecord[]> {
    this.member.checkSession();
    const owned = this.owned.get(partition);
    if (!owned) return [];
    if (!owned.fetched.reaches(offset)) {
      owned.fetched.restart(offset);
      owned.paused = false;
      this.member.fetchFrom(partition, offset);
    }
    await owned.fetched.from(offset, waitMs);
    this.member.checkSession();
    const records = owned.fetched.take(offset, maxRecords);
    if (owned.paused && owned.fetched.hasRoom && this.owned.get(partition) === owned) {
      owned.paused = false;
      this.member.resume(partition);
    }
    return records;
  }

  override async committed(partition: number): Promise<number> {
    const owned = this.owned.get(partition);
    if (!owned)
      throw new Error(`Partition ${partition} of ${this.topic} is not assigned to this member of ${this.group}`);
    return owned.committed;
  }

  /** All that is committed in one turn goes in one request. What is not ours any more is its owner's to commit. */
  override async commit(partition: number, offset: number): Promise<void> {
    const owned = this.owned.get(partition);
    if (!owned) return;
    try {
      await this.commits.add(partition, offset);
    } catch (error) {
      throw new EngineUnavailable('kafka', 'commit', error);
    }
    owned.committed = offset;
  }

  override async stop(): Promise<void> {
    await this.member.leave();
    await this.offsets.close();
    this.onStarted();
  }

  override async lag(): Promise<PartitionLag[]> {
    try {
      const bounds = await this.offsets.bounds();
      return [...this.owned].map(([partition, { committed }]) => {
        return { partition, records: Math.max(0, bounds[partition].end - committed) };
      });
    } catch (error) {
      throw new EngineUnavailable('kafka', 'read the lag', error);
    }
  }

  onJoined(partitions: readonly number[]): void {
    const session = {};
    this.session = session;
    void this.assign(partitions, session);
  }

  onLost(orderly: boolean): void {
    this.session = null;
    this.unreadable.clear();
    const lost = [...this.owned.values()];
    if (!orderly) this.owned.clear();
    for (const one of lost) this.revoke(one);
    this.owned.clear();
  }

  async onFetched(partition: number, messages: readonly KafkaMessage[]): Promise<void> {
    const owned = this.owned.get(partition);
    if (!owned || messages.length === 0) return;
    const records = messages.map(consumedRecord);
    const { next } = owned.fetched;
    if (records[0].position.offset !== next) await this.checkJump(partition, owned);
    // While that was found out, the partition may have gone, or its reader gone back: then these would hide what lies below.
    if (this.owned.get(partition) !== owned || owned.fetched.next !== next) return;
    owned.fetched.push(records);
    if (!owned.fetched.isFull) return;
    owned.paused = true;
    this.member.pause(partition);
  }

  /** Begins with the partitions where the group left off. Tries until that is known, or they are not ours any more. */
  private async assign(partitions: readonly number[], session: object): Promise<void> {
    while (this.session === session) {
      try {
        const places = await this.offsets.places();
        if (this.session !== session) return;
        for (const partition of partitions) {
          const { offset, fault } = places[partition];
          if (fault) this.giveUp(partition, fault);
          else this.begin(partition, offset);
        }
        this.onStarted();
        return;
      } catch (error) {
        this.logger.verbose(`The offsets of ${this.group} cannot be read: ${String(error)}`);
        await sleep(RETRY_MS);
      }
    }
  }

  private begin(partition: number, offset: number): void {
    const assignment = { partition, revoked: false };
    this.owned.set(partition, { assignment, fetched: new FetchedRecords(offset), committed: offset, paused: false });
    this.member.fetchFrom(partition, offset);
    this.onAssigned(assignment);
  }

  private revoke({ assignment, fetched }: Owned): void {
    fetched.end();
    assignment.revoked = true;
    this.onRevoked(assignment);
  }

  /**
   * Offsets may jump, but kafkajs also skips what was removed, and commits that it did. The commit is taken back, so that
   * the next owner of the partition stops here, too.
   */
  private async checkJump(partition: number, owned: Owned): Promise<void> {
    const fault = await this.offsets.faultAt(partition, owned.fetched.next);
    if (!fault || this.owned.get(partition) !== owned) return;
    await this.member.commit(new Map([[partition, owned.committed]]));
    this.owned.delete(partition);
    this.giveUp(partition, fault);
    this.revoke(owned);
  }

  private giveUp(partition: number, fault: string): void {
    this.member.pause(partition);
    const message = `Partition ${partition} of ${this.topic} is not read: ${fault}`;
    this.unreadable.set(partition, message);
    this.logger.error(`${message}. Set the offset of group ${this.group} by hand to go on without them`);
  }
}
