import type { ConversationStore, Membership } from '@parley/message-store';
import { describe, expect, it, vi } from 'vitest';
import { ReceiptAudience } from './receipt-audience.js';

describe('ReceiptAudience', () => {
  it('remembers a bounded number of large conversations, and lets those go that were found first', async () => {
    const memberships = Array.from({ length: 33 }, (_, index): Membership => {
      return { user_id: String(index + 1), from_seq: 1, to_seq: null, end_by_seq: null, role: 'member' };
    });
    const readMemberships = vi.fn(async (_conversationId: string) => memberships);
    const audience = new ReceiptAudience({ readMemberships } as unknown as ConversationStore);
    for (let id = 0; id <= 10_000; id++) expect(await audience.of('1', `${id}`)).toEqual([]);
    readMemberships.mockClear();
    for (const id of ['10000', '1', '0']) expect(await audience.of('1', id)).toEqual([]);
    expect(readMemberships.mock.calls).toEqual([['0']]);
  });
});
