import { Injectable } from '@nestjs/common';
import type { LogRecord, SubmitRecord } from '@parley/contracts';
import { ConversationStore } from '@parley/message-store';
import { keyOf, type ConversationState, type KeyState, type TargetState } from './conversation-state.js';
import { judge, type Judgement, type Known } from './judge.js';
import type { RecordAtHand } from './record-at-hand.js';
import { LoadConversation } from './load-conversation.js';
import type { Partition } from './partition.js';

/** A record that was judged, in the batch's order. */
export interface Judged extends Judgement {
  at: RecordAtHand;
  state: ConversationState;
}

/**
 * Judges a batch in two steps: reads everything that the verdicts depend on, grouped by conversation, and then decides
 * record by record without waiting for anything. An error while reading has changed nothing, so reading may be tried
 * again; deciding moves the conversations' states on, so it happens once.
 */
@Injectable()
export class JudgeBatch {
  constructor(
    private readonly store: ConversationStore,
    private readonly loadConversation: LoadConversation,
  ) {}

  /** Resolves to the second step. */
  async read(partition: Partition, records: readonly RecordAtHand[]): Promise<() => Judged[]> {
    partition.forgetStored();
    const byConversation = new Map<string, RecordAtHand[]>();
    for (const at of records) {
      const group = byConversation.get(at.record.conversation_id);
      if (group) group.push(at);
      else byConversation.set(at.record.conversation_id, [at]);
    }
    const contexts = new Map(
      await Promise.all(
        [...byConversation].map(async ([id, group]) => [id, await this.contextOf(partition, id, group)] as const),
      ),
    );
    return () => {
      for (const { state } of contexts.values()) partition.keep(state);
      return records.map((at) => {
        const { state, known } = contexts.get(at.record.conversation_id) as Context;
        return { at, state, ...judge(state, at, known) };
      });
    };
  }

  private async contextOf(partition: Partition, id: string, group: RecordAtHand[]): Promise<Context> {
    const submissions = group.map(({ record }) => record).filter(isSubmission);
    const [state, keys, targets] = await Promise.all([
      partition.find(id) ?? this.loadConversation.execute(id, group[0].position),
      this.readKeys(id, submissions),
      this.readTargets(id, [...new Set(submissions.flatMap(targetIds))]),
    ]);
    return { state, known: { keys, targets } };
  }

  private async readKeys(conversationId: string, records: SubmitRecord[]): Promise<Map<string, KeyState>> {
    if (records.length === 0) return new Map();
    const rows = await this.store.readDeduplication(conversationId, records);
    return new Map(rows.map((row) => [keyOf(row.sender_id, row.client_msg_id), row]));
  }

  private async readTargets(conversationId: string, messageIds: string[]): Promise<Map<string, TargetState>> {
    const targets = new Map<string, TargetState>();
    if (messageIds.length === 0) return targets;
    const seqs = await this.store.readSeqs(conversationId, messageIds);
    await Promise.all(
      [...seqs].map(async ([messageId, seq]) => {
        const range = { from: seq, to: seq, limit: 1, order: 'ascending' } as const;
        const [row] = await this.store.readEntries(conversationId, range);
        if (!row) return;
        targets.set(messageId, {
          seq,
          kind: row.kind,
          sender_id: row.sender_id,
          deletedSeq: row.deleted_seq,
          emojiSince: new Map(row.reactions.map(({ emoji, since_seq }) => [emoji, since_seq])),
          unstored: 0,
        });
      }),
    );
    return targets;
  }
}

interface Context {
  state: ConversationState;
  known: Known;
}

function isSubmission(record: LogRecord): record is SubmitRecord {
  return record.type === 'submit';
}

/** The messages that a record names: their rows decide whether it is accepted. */
function targetIds(record: SubmitRecord): string[] {
  if (record.kind !== 'message') return [record.target_id];
  return [record.reply_to, record.thread_id].filter((id): id is string => typeof id === 'string');
}
