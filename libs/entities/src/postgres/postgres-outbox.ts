import { Injectable } from '@nestjs/common';
import { DataSource, In, type Repository } from 'typeorm';
import { Outbox, type OutboxRow } from '../conversation-directory.js';
import { RelayPlace } from './relay-place.js';
import { OutboxEntryRow } from './tables/conversation-rows.js';

/** The outbox in the table of that name; published rows are deleted. */
@Injectable()
export class PostgresOutbox extends Outbox {
  private readonly rows: Repository<OutboxEntryRow>;

  constructor(
    dataSource: DataSource,
    private readonly place: RelayPlace,
  ) {
    super();
    this.rows = dataSource.getRepository(OutboxEntryRow);
  }

  override tryBecomeRelay(): Promise<boolean> {
    return this.place.take();
  }

  override async unpublished(limit: number): Promise<OutboxRow[]> {
    // A version is taken under the lock of its conversation, so its row has a higher id than the versions before it and
    // is seen only with them: the lowest ids never leave a version out.
    const oldest = await this.rows.find({ order: { outbox_id: 'ASC' }, take: limit });
    return oldest.sort((a, b) => compareIds(a.conversation_id, b.conversation_id) || a.version - b.version);
  }

  override async markPublished(outboxIds: readonly string[]): Promise<void> {
    await this.rows.delete({ outbox_id: In(outboxIds) });
  }
}

function compareIds(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : Number(a > b));
}
