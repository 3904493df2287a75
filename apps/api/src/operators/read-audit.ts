import { Injectable } from '@nestjs/common';
import type { AuditRecordView, Page, PageQueryDto, Rejection } from '@parley/contracts';
import { AuditTrail, type AuditRecord } from '@parley/entities';
import { PageCursors } from '../http/page-cursors.js';

const LIST = 'audit';

/** What operators did, the newest first. The request that reads it is the first line of its first page. */
@Injectable()
export class ReadAudit {
  constructor(
    private readonly trail: AuditTrail,
    private readonly cursors: PageCursors,
  ) {}

  async execute(userId: string, page: PageQueryDto): Promise<Page<AuditRecordView> | Rejection> {
    const opened = page.cursor === undefined ? null : this.cursors.open<string>(userId, LIST, page.cursor);
    if (opened && !opened.ok) return opened;
    // One more than asked for tells whether there is a next page.
    const found = await this.trail.page({ limit: page.limit + 1, before: opened?.place });
    const shown = found.slice(0, page.limit);
    const last = shown.at(-1);
    return {
      items: shown.map(recordView),
      next_cursor: last && found.length > shown.length ? this.cursors.seal(userId, LIST, last.audit_id) : null,
    };
  }
}

function recordView({ at, ended_at, ...record }: AuditRecord): AuditRecordView {
  return {
    ...record,
    at: new Date(at).toISOString(),
    ended_at: ended_at === null ? null : new Date(ended_at).toISOString(),
  };
}
