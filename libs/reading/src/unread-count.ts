import type { InboxRow } from '@parley/message-store';

/**
 * Messages that the user may see and has not read: those after the join and after the read mark (which own sends move
 * too). The same on every device, never negative; 0 for a membership that has ended.
 */
export function unreadCount(row: Pick<InboxRow, 'to_seq' | 'last_n' | 'floor_n' | 'read_n'>): number {
  if (row.to_seq !== null) return 0;
  return Math.max(0, row.last_n - Math.max(row.floor_n, row.read_n));
}
