import { Injectable } from '@nestjs/common';
import {
  contentBytes,
  encodeRecord,
  EngineUnavailable,
  limits,
  rejected,
  TRACE_PARENT,
  VERDICT_TO,
  type Accepted,
  type Rejection,
  type SubmitRecord,
  type VerdictAddress,
} from '@parley/contracts';
import { MessageLog, partitionOf } from '@parley/message-log';
import { ConversationStore } from '@parley/message-store';
import { activeTrace, countSend, noteIds, timeStage, traceParentOf, type SendOutcome } from '@parley/operability';
import { IdSource } from '@parley/snowflake';
import { AwaitVerdict } from './await-verdict.js';
import { PartitionPulse } from './partition-pulse.js';
import { SendQuota } from './send-quota.js';
import { Turns } from './turns.js';

/** What a client asks for, checked for shape; the rest of the record is given here. */
export type Submission = Submitted<SubmitRecord>;
type Submitted<R> = R extends SubmitRecord ? Omit<R, 'v' | 'type' | 'message_id'> : never;

export type Submittal = (Accepted & { ok: true; client_msg_id: string }) | Rejection;

/**
 * The way of a client's entry into a conversation, from sockets and REST alike: size, membership, rate, then the log, and the
 * answer is the router's verdict. `unavailable` means that the outcome is unknown: the same key may be tried again and
 * gets the first attempt's verdict. `overloaded` and `rate_limited` mean that nothing happened. A sender's entries of one
 * conversation reach the log in the order in which they came here, however long each takes to be admitted.
 */
@Injectable()
export class SubmitEntry {
  private readonly turns = new Turns();

  constructor(
    private readonly ids: IdSource,
    private readonly log: MessageLog,
    private readonly store: ConversationStore,
    private readonly quota: SendQuota,
    private readonly awaitVerdict: AwaitVerdict,
    private readonly pulse: PartitionPulse,
  ) {}

  async execute(submission: Submission): Promise<Submittal> {
    try {
      const submittal = await this.submit(submission);
      countSend(submission.kind, outcomeOf(submittal));
      return submittal;
    } catch (error) {
      countSend(submission.kind, error instanceof EngineUnavailable ? 'unavailable' : 'internal');
      throw error;
    }
  }

  private async submit(submission: Submission): Promise<Submittal> {
    const tooLarge = sizeRefusal(submission);
    if (tooLarge) return tooLarge;
    const { conversation_id, sender_id } = submission;
    const turn = this.turns.join(`${conversation_id} ${sender_id}`);
    try {
      const refusal = await timeStage('admission', () => this.admissionRefusal(conversation_id, sender_id));
      await turn.come;
      if (refusal) return refusal;
      if (!this.ids.ready())
        return rejected('overloaded', 'This server gives no ids at the moment', { retryAfterMs: 1_000 });
      const published = this.publish(submission);
      // It has its place in the log: what came after it may have the next one.
      turn.leave();
      return await published;
    } finally {
      turn.leave();
    }
  }

  /** Who never was a member learns nothing and costs the conversation nothing; a former one may be retrying. */
  private async admissionRefusal(conversationId: string, senderId: string): Promise<Rejection | null> {
    // Before anything is read: what holds a partition up may be the store.
    const partition = partitionOf(conversationId, this.log.partitions);
    if (this.pulse.isStalled(partition)) return rejected('overloaded', undefined, { retryAfterMs: 1_000 });
    const memberships = await this.store.readMembershipsOf(conversationId, senderId);
    if (memberships.length === 0) return rejected('not_found', 'No such conversation');
    const isMember = memberships.some(({ to_seq }) => to_seq === null);
    return this.quota.take(senderId, isMember ? conversationId : null);
  }

  /** The record is on its way to the log, behind those before it, when this returns its promise. */
  private async publish(submission: Submission): Promise<Submittal> {
    const message_id = this.ids.next().toString();
    noteIds({ message_id, conversation_id: submission.conversation_id });
    const client_msg_id = submission.client_msg_id.toLowerCase();
    const record = { v: 1, type: 'submit', message_id, ...submission, client_msg_id } as SubmitRecord;
    const partition = partitionOf(record.conversation_id, this.log.partitions);
    this.pulse.published(partition);
    const outcome = await this.awaitVerdict.execute(record, (address) =>
      this.log.append({
        key: record.conversation_id,
        value: encodeRecord(record),
        headers: headersOf(address),
      }),
    );
    this.pulse.settled(partition, outcome !== null);
    if (outcome === null) return rejected('unavailable', undefined, { retryAfterMs: 1_000 });
    if (!outcome.accepted) return rejected(outcome.code, outcome.message);
    return { ok: true, ...outcome, client_msg_id };
  }
}

/** With the trace that this send belongs to, where one is recorded: the router goes on with it. */
function headersOf(address: VerdictAddress): Record<string, string> {
  const trace = activeTrace();
  const headers = { [VERDICT_TO]: JSON.stringify(address) };
  return trace === null ? headers : { ...headers, [TRACE_PARENT]: traceParentOf(trace) };
}

function outcomeOf(submittal: Submittal): SendOutcome {
  if (!submittal.ok) return submittal.code;
  return submittal.repeated ? 'repeated' : 'accepted';
}

function sizeRefusal(submission: Submission): Rejection | null {
  if (!('content' in submission) || contentBytes(submission.content) <= limits.MESSAGE_BYTES) return null;
  return rejected('payload_too_large', `content is larger than ${limits.MESSAGE_BYTES} bytes`);
}
