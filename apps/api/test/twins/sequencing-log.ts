import { decodeRecord, type BlockRecordDto, type ChangeRecordDto } from '@parley/contracts';
import { MessageLog, type RecordToAppend } from '@parley/message-log';
import type { ConversationRow, ConversationStore, InboxStore, InboxWrite } from '@parley/message-store';
import type { PendingVerdicts } from '@parley/sending';

/** A log with a router in it that knows changes only: each is sequenced at its version, stored, and its verdict given. */
export class SequencingLog extends MessageLog {
  readonly partitions = 1;
  readonly changes: ChangeRecordDto[] = [];
  /** Off: what is appended stays unsequenced, as when no router runs. */
  isRouting = true;
  /** Off: verdicts are lost on their way. */
  isTelling = true;
  /** How long inboxes come after the head. */
  inboxLagMs = 0;

  constructor(
    private readonly store: ConversationStore,
    private readonly inboxes: InboxStore,
    private readonly verdicts: PendingVerdicts,
  ) {
    super();
  }

  async append({ value }: RecordToAppend) {
    const decoded = decodeRecord(value);
    if (!decoded.ok || decoded.value.type === 'submit') throw new Error('not a change');
    if (decoded.value.type === 'block') {
      if (this.isRouting) void this.storeBlock(decoded.value);
      return { epoch: 0, offset: 1_000_000 + decoded.value.version };
    }
    this.changes.push(decoded.value);
    if (this.isRouting) void this.sequence(decoded.value);
    return { epoch: 0, offset: this.changes.length };
  }

  private async storeBlock({ conversation_id, version, is_blocked }: BlockRecordDto): Promise<void> {
    const position = { epoch: 0, offset: 1_000_000 + version };
    await this.store.write([{ row: 'block-change', conversation_id, version, position, is_blocked }]);
  }

  private async sequence(change: ChangeRecordDto): Promise<void> {
    const { message_id, conversation_id, version: seq } = change;
    const sent_at = Date.now();
    const memberships = await this.memberships(change, seq);
    await this.store.write([entryRow(change, sent_at), ...memberships]);
    await this.store.write([{ row: 'head', conversation_id, last_seq: seq }]);
    if (this.inboxLagMs > 0) await new Promise((resolve) => setTimeout(resolve, this.inboxLagMs));
    await this.inboxes.write(memberships.flatMap((row) => inboxWrite(row, change, sent_at)));
    if (!this.isTelling) return;
    const outcome = {
      accepted: true,
      message_id,
      seq,
      sent_at: new Date(sent_at).toISOString(),
      repeated: false,
    } as const;
    this.verdicts.take([{ message_id, conversation_id, outcome }]);
  }

  private async memberships(change: ChangeRecordDto, seq: number): Promise<ConversationRow[]> {
    const { conversation_id, user_id, role } = change;
    const isStart = change.change === 'member_joined' || change.change === 'role_changed';
    const starting = change.members ?? (isStart && user_id ? [{ user_id, role: role ?? 'member' }] : []);
    const isEnd = change.change === 'deleted' || (user_id && change.change !== 'member_joined');
    const ending = (await this.store.readMemberships(conversation_id)).filter(
      (one) => isEnd && one.to_seq === null && (change.change === 'deleted' || one.user_id === user_id),
    );
    const to_seq = change.change === 'role_changed' ? seq - 1 : seq;
    return [
      ...ending.map((open): ConversationRow => {
        const { user_id, from_seq } = open;
        return { row: 'membership-end', conversation_id, user_id, from_seq, to_seq, by_seq: seq };
      }),
      ...starting.map((member): ConversationRow => {
        return { row: 'membership-start', conversation_id, from_seq: seq, ...member };
      }),
    ];
  }
}

function entryRow(change: ChangeRecordDto, sent_at: number): ConversationRow {
  return {
    row: 'entry',
    conversation_id: change.conversation_id,
    seq: change.version,
    position: { epoch: 0, offset: change.version },
    message_id: change.message_id,
    kind: 'update',
    sender_id: change.sender_id,
    client_msg_id: null,
    sent_at,
    n: 0,
    version: change.version,
    last_message_seq: 0,
    last_activity_at: sent_at,
    body: { change: change.change },
  };
}

function inboxWrite(row: ConversationRow, { version: seq, change }: ChangeRecordDto, at: number): InboxWrite[] {
  if (change === 'role_changed' || (row.row !== 'membership-start' && row.row !== 'membership-end')) return [];
  const membership =
    row.row === 'membership-start'
      ? { joined: { from_seq: row.from_seq, floor_n: 0 } }
      : { left: { to_seq: row.to_seq }, ...(change === 'deleted' && { deleted: true as const }) };
  return [
    {
      user_id: row.user_id,
      conversation_id: row.conversation_id,
      at: seq,
      ...membership,
      activity: { last_seq: seq, last_n: 0, last_message_seq: 0, last_activity_at: at },
    },
  ];
}
