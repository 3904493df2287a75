import { randomUUID } from 'node:crypto';
import type { Content, ErrorCode } from '@parley/contracts';
import type { Sent } from './api-client.js';
import type { Answer, Refusal } from './answers.js';
import { monotonicMs } from './changes.js';

const PAUSE_MS = 100;

export interface SendRequest {
  client_msg_id: string;
  conversation_id: string;
  content: Content;
  reply_to?: string | null;
  thread_id?: string | null;
  mentions?: string[];
}

/** One send from its first attempt to its final verdict. Times are monotonic milliseconds. */
export interface SendOperation {
  request: SendRequest;
  invokedAt: number;
  /** null while it is under way. */
  completedAt: number | null;
  /** How often it was handed to a connection. */
  attempts: number;
  /** The final answer; null while the outcome is unknown. */
  answer: Answer<Sent> | null;
  /** Every refusal, final or not, in order. */
  refusals: { code: ErrorCode; at: number }[];
}

/** Gives an event to the present connection once it is ready; rejects where no answer comes. */
export type Attempt = (request: SendRequest) => Promise<Answer<Sent>>;

/**
 * Sends as the protocol asks of clients: the same key again after a loss of the connection, a missing answer or a
 * retryable refusal, until there is a verdict.
 */
export class SendAttempts {
  readonly operations: SendOperation[] = [];

  constructor(
    private readonly attempt: Attempt,
    private readonly announce: () => void,
  ) {}

  /** Resolves to the final answer; rejects when `deadlineMs` (from now) passes first: the outcome is unknown then. */
  async send(
    request: Omit<SendRequest, 'client_msg_id'> & { client_msg_id?: string },
    deadlineMs: number,
  ): Promise<Answer<Sent>> {
    const operation: SendOperation = {
      request: { ...request, client_msg_id: request.client_msg_id ?? randomUUID() },
      invokedAt: monotonicMs(),
      completedAt: null,
      attempts: 0,
      answer: null,
      refusals: [],
    };
    this.operations.push(operation);
    const deadline = operation.invokedAt + deadlineMs;
    for (;;) {
      const answer = await this.once(operation);
      if (!isRetryable(answer)) return this.complete(operation, answer);
      if (monotonicMs() > deadline)
        throw new Error(`No verdict within ${deadlineMs} ms after ${operation.attempts} attempts`);
      await pause(answer?.error.retry_after_ms ?? PAUSE_MS);
    }
  }

  private async once(operation: SendOperation): Promise<Answer<Sent> | null> {
    operation.attempts++;
    const answer = await this.attempt(operation.request).catch(() => null);
    if (answer?.ok === false) operation.refusals.push({ code: answer.error.code, at: monotonicMs() });
    return answer;
  }

  private complete(operation: SendOperation, answer: Answer<Sent>): Answer<Sent> {
    operation.completedAt = monotonicMs();
    operation.answer = answer;
    this.announce();
    return answer;
  }
}

/** null: no answer came. */
function isRetryable(answer: Answer<Sent> | null): answer is Refusal | null {
  return answer === null || (!answer.ok && answer.error.retryable);
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
