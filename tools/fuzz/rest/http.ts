import { Agent, request } from 'node:http';
import type { CallAnswer } from './judge-answer.js';

/** What is asked of every answer: longer than any wait of the server's own. */
export const WITHIN_MS = 10_000;

export interface HttpRequest {
  method: string;
  /** Path and query as they go onto the wire. */
  target: string;
  headers: Readonly<Record<string, string>>;
  body: string | null;
}

/** A client that sends what it is told to, without a library's second thoughts. */
export class HttpClient {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 16 });

  constructor(private readonly port: number) {}

  /** Rejects where no answer comes within 10 s. */
  send({ method, target, headers, body }: HttpRequest): Promise<CallAnswer> {
    const { agent, port } = this;
    return new Promise((resolve, reject) => {
      const length = body === null ? {} : { 'content-length': String(Buffer.byteLength(body)) };
      const sent = request({
        agent,
        port,
        host: '127.0.0.1',
        method,
        path: target,
        headers: { ...headers, ...length },
      });
      const late = setTimeout(() => sent.destroy(new Error(`no answer within ${WITHIN_MS} ms`)), WITHIN_MS);
      const fail = (error: Error): void => {
        clearTimeout(late);
        reject(error);
      };
      sent.on('error', fail);
      sent.on('response', (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => (text += chunk));
        response.on('error', fail);
        response.on('end', () => {
          clearTimeout(late);
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text });
        });
      });
      sent.end(body ?? undefined);
    });
  }

  close(): void {
    this.agent.destroy();
  }
}
