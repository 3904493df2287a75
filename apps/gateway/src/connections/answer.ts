import { ERRORS, type AnswerOf, type ClientEvent, type ErrorView, type Rejection } from '@parley/contracts';
import type { ChatSocket } from './chat-socket.js';

/** A handler's answer: it becomes the acknowledgement, or `session:error` where the client gave no callback. */
export type Answer<E extends ClientEvent> = Promise<AnswerOf<E> | Rejection> | Rejection;

/** The callback of a client that wants to know. */
export type Acknowledgement = (answer: object) => void;

/**
 * Answers an event: through the client's callback, or, where it gave none, a refusal as `session:error`. Success without a
 * callback is silent.
 */
export function answer(
  socket: ChatSocket,
  event: string,
  ack: Acknowledgement | null,
  result: object | Rejection,
): void {
  const refusal = isRejection(result) ? result : null;
  const payload = refusal ? { ok: false, error: errorOf(refusal) } : result;
  if (ack) ack(payload);
  else if (refusal) socket.emit('session:error', { event, error: errorOf(refusal) });
}

function isRejection(result: object): result is Rejection {
  return 'ok' in result && result.ok === false;
}

function errorOf({ code, message, retryAfterMs }: Rejection): ErrorView {
  return {
    code,
    message,
    retryable: ERRORS[code].retryable,
    ...(retryAfterMs === undefined ? {} : { retry_after_ms: retryAfterMs }),
  };
}
