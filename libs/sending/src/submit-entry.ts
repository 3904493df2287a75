import { Injectable } from '@nestjs/common';
import {
  contentBytes,
  encodeRecord,
  limits,
  rejected,
  VERDICT_TO,
  type Accepted,
  type Rejection,
  type SubmitRecord,
} from '@parley/contracts';
import { MessageLog, partitionOf } from '@parley/message-log';
import { ConversationStore } from '@parley/message-store';
import { IdSource } from '@parley/snowflake';
import { AwaitVerdict } from './await-verdict.js';
import { PartitionPulse } from './partition-pulse.js';
import { SendQuota } from './send-quota.js';

/** What a client asks for, checked for shape; the rest of the record is given here. */
export type Submission = Submitted<SubmitRecord>;
type Submitted<R> = R extends SubmitRecord ? Omit<R, 'v' | 'type' | 'message_id'> : never;

export type Submittal = (Accepted & { ok: true; client_msg_id: string }) | Rejection;

/**
 * The way of a client's entry into a conversation, from sockets and REST alike: size, membership, rate, then the log, and the
 * answer is the router's verdict. `unavailable` means that the outcome is unknown: the same key may be tried again and
 * gets the first attempt's verdict. `overloaded` and `rate_limited` mean that nothing happened.
 */
@Injectable()
export class SubmitEntry {
  constructor(
    private readonly ids: IdSource,
    private readonly log: MessageLog,
    private readonly store: ConversationStore,
    private readonly quota: SendQuota,
    private readonly awaitVerdict: AwaitVerdict,
    private readonly pulse: PartitionPulse,
  ) {}

  async execute(submission: Submission): Promise<Submittal> {
    const { conversation_id, sender_id } = submission;
    const client_msg_id = submission.client_msg_id.toLowerCase();
    const refusal = sizeRefusal(submission) ?? (await this.admissionRefusal(conversation_id, sender_id));
    if (refusal) return refusal;
    if (!this.ids.ready())
      return rejected('overloaded', 'This server gives no ids at the moment', { retryAfterMs: 1_000 });
    const message_id = this.ids.next().toString();
    const record = { v: 1, type: 'submit', message_id, ...submission, client_msg_id } as SubmitRecord;
    const outcome = await this.publish(record);
    if (outcome === null) return rejected('unavailable', undefined, { retryAfterMs: 1_000 });
    if (!outcome.accepted) return rejected(outcome.code, outcome.message);
    return { ok: true, ...outcome, client_msg_id };
  }

  /** Who never was a member learns nothing and costs the conversation nothing; a former one may be retrying. */
  private async admissionRefusal(conversationId: string, senderId: string): Promise<Rejection | null> {
    const memberships = await this.store.readMembershipsOf(conversationId, senderId);
    if (memberships.length === 0) return rejected('not_found', 'No such conversation');
    const isMember = memberships.some(({ to_seq }) => to_seq === null);
    const partition = partitionOf(conversationId, this.log.partitions);
    if (this.pulse.isStalled(partition)) return rejected('overloaded', undefined, { retryAfterMs: 1_000 });
    return this.quota.take(senderId, isMember ? conversationId : null);
  }

  private async publish(record: SubmitRecord): Promise<Awaited<ReturnType<AwaitVerdict['execute']>>> {
    const partition = partitionOf(record.conversation_id, this.log.partitions);
    this.pulse.published(partition);
    const outcome = await this.awaitVerdict.execute(record, (address) =>
      this.log.append({
        key: record.conversation_id,
        value: encodeRecord(record),
        headers: { [VERDICT_TO]: JSON.stringify(address) },
      }),
    );
    this.pulse.settled(partition, outcome !== null);
    return outcome;
  }
}

function sizeRefusal(submission: Submission): Rejection | null {
  if (!('content' in submission) || contentBytes(submission.content) <= limits.MESSAGE_BYTES) return null;
  return rejected('payload_too_large', `content is larger than ${limits.MESSAGE_BYTES} bytes`);
}
