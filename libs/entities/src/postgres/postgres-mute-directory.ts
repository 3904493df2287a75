import { Injectable } from '@nestjs/common';
import { DataSource, In, type Repository } from 'typeorm';
import { type Mute, MuteDirectory } from '../mute-directory.js';
import { fitsBigint } from './bigint-id.js';
import { MuteRow } from './tables/mute-row.js';

/** Mutes in the table `conversation_mutes`. */
@Injectable()
export class PostgresMuteDirectory extends MuteDirectory {
  private readonly rows: Repository<MuteRow>;

  constructor(dataSource: DataSource) {
    super();
    this.rows = dataSource.getRepository(MuteRow);
  }

  override async mute(user_id: string, conversation_id: string, { until }: Mute): Promise<void> {
    await this.rows.upsert({ user_id, conversation_id, muted_until: until }, ['user_id', 'conversation_id']);
  }

  override async unmute(user_id: string, conversation_id: string): Promise<void> {
    await this.rows.delete({ user_id, conversation_id });
  }

  override async mutesOf(user_id: string, conversationIds: readonly string[]): Promise<Map<string, Mute>> {
    const conversation_id = In(conversationIds.filter(fitsBigint));
    const rows = await this.rows.findBy({ user_id, conversation_id });
    return new Map(rows.map((row) => [row.conversation_id, { until: row.muted_until }]));
  }
}
