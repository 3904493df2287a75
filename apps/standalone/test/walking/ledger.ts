import { randomUUID } from 'node:crypto';
import { ERRORS, type Content, type ErrorCode } from '@parley/contracts';
import { digestOf, monotonicMs, type ChatClient, type ObservedSend, type Sent, type TestUser } from '@parley/harness';

/** Whatever makes an entry under a key: a message, or a change of one. */
export interface Submission {
  conversationId: string;
  content?: Content;
  /** The message that it is about; null for a new one. */
  targetId: string | null;
  emoji?: string;
  op?: 'add' | 'remove';
}

/** How a submission ended, from one face or the other; null where no answer came. */
type Ended = { sent: Sent } | { code: ErrorCode } | null;

const METHODS = { 'message:edit': 'PATCH', 'message:delete': 'DELETE' } as const;

/** Submits by socket and by REST, once each, and keeps on record what became of it. */
export class Ledger {
  readonly sends: ObservedSend[] = [];
  /** Refusals by their code; a text where an answer had none. */
  readonly codes: string[] = [];

  async bySocket(client: ChatClient, name: string, user: TestUser, submission: Submission): Promise<Sent | null> {
    return this.record(`${name} by socket`, user, submission, async (client_msg_id) => {
      const answer = await client.request<Sent>(eventOf(submission), { client_msg_id, ...payloadOf(submission) });
      return answer.ok ? { sent: answer } : { code: answer.error.code };
    });
  }

  async byRest(name: string, user: TestUser, submission: Submission): Promise<Sent | null> {
    return this.record(`${name} by REST`, user, submission, async (key) => {
      const headers = { 'idempotency-key': key };
      const { content } = submission;
      const body = content === undefined ? {} : { body: { content } };
      const [method, path] = routeOf(submission);
      const answer = await user.api.request<Sent & { code: ErrorCode }>(method, path, { headers, ...body });
      return answer.status < 300 ? { sent: answer.body } : { code: answer.body.code };
    });
  }

  /** Each send is tried once: what may have happened, and what no answer told of, is unknown. */
  private async record(
    client: string,
    user: TestUser,
    { conversationId, content }: Submission,
    submit: (key: string) => Promise<Ended>,
  ): Promise<Sent | null> {
    const key = randomUUID();
    const send: ObservedSend = {
      client,
      sender: user.userId,
      conversation: conversationId,
      key,
      digest: digestOf(content ?? null),
      attempts: 1,
      invokedAt: monotonicMs(),
      outcome: { result: 'unknown' },
    };
    this.sends.push(send);
    const ended = await submit(key).catch(() => null);
    const completedAt = monotonicMs();
    if (ended === null) return null;
    if ('sent' in ended) {
      const { message_id, seq } = ended.sent;
      send.outcome = { result: 'accepted', completedAt, messageId: message_id, seq };
      return ended.sent;
    }
    this.codes.push(ended.code);
    if (!ERRORS[ended.code]?.retryable) send.outcome = { result: 'refused', completedAt };
    return null;
  }
}

function eventOf({ targetId, content, emoji }: Submission): string {
  if (targetId === null) return 'message:send';
  if (emoji !== undefined) return 'message:react';
  return content === undefined ? 'message:delete' : 'message:edit';
}

function payloadOf({ conversationId, content, targetId, emoji, op }: Submission): object {
  return {
    conversation_id: conversationId,
    ...(targetId === null ? {} : { target_id: targetId }),
    ...(content === undefined ? {} : { content }),
    ...(emoji === undefined ? {} : { emoji, op }),
  };
}

function routeOf(submission: Submission): [method: string, path: string] {
  const { conversationId, targetId, emoji, op } = submission;
  const messages = `/conversations/${conversationId}/messages`;
  const event = eventOf(submission);
  if (event === 'message:send') return ['POST', messages];
  if (emoji === undefined) return [METHODS[event as keyof typeof METHODS], `${messages}/${targetId}`];
  return [op === 'add' ? 'PUT' : 'DELETE', `${messages}/${targetId}/reactions/${encodeURIComponent(emoji)}`];
}
