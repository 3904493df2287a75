import type { Duplex } from 'node:stream';
import { STATUS_CODES } from 'node:http';
import { problemOf, rejected } from '@parley/contracts';
import { newRequestId } from './request-id.js';

/**
 * Answers what is not HTTP at all, headers above Node's 16 KiB and requests that never end: Node hands them over as
 * `clientError`, and no middleware sees them. The connection is closed, since nobody knows where the next request
 * would begin.
 */
export function answerUnreadableRequest(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const requestId = newRequestId();
  const rejection =
    error.code === 'HPE_HEADER_OVERFLOW' ? rejected('payload_too_large') : rejected('validation_failed');
  const problem = problemOf(rejection, requestId);
  const body = JSON.stringify(problem);
  const head = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? ''}`,
    'Content-Type: application/problem+json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    `X-Request-Id: ${requestId}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
