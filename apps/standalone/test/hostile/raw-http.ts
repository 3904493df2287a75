import { connect } from 'node:net';

/** What came back for some bytes. */
export interface RawAnswer {
  /** null: the connection ended without an HTTP answer, or nothing came in time. */
  status: number | null;
  text: string;
}

const WAIT_MS = 2_000;

/**
 * Writes bytes to a TCP connection of their own and reads until the other side closes it, or for 2 s. `then` is written
 * after the first answer, for what must follow an upgrade.
 */
export function rawHttp(port: number, bytes: string | Uint8Array, then?: Uint8Array): Promise<RawAnswer> {
  return new Promise((resolve) => {
    let text = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    const finish = (): void => {
      clearTimeout(timer);
      socket.destroy();
      const [, status] = /^HTTP\/1\.[01] (\d{3})/.exec(text) ?? [];
      resolve({ status: status === undefined ? null : Number(status), text });
    };
    const timer = setTimeout(finish, WAIT_MS);
    socket.on('data', (chunk) => {
      if (text === '' && then) socket.write(then);
      text += chunk.toString('latin1');
    });
    // A reset is an answer too: what was read until then counts.
    socket.on('error', finish);
    socket.on('close', finish);
  });
}

/** A request as text: the first line, header lines, a body. The connection is closed after it. */
export function request(line: string, headers: readonly string[] = [], body = ''): string {
  return [`${line} HTTP/1.1`, 'Host: parley', 'Connection: close', ...headers, '', body].join('\r\n');
}

/** An upgrade to a WebSocket, to be followed by whatever one likes. */
export const UPGRADE = [
  'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1',
  'Host: parley',
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  '',
  '',
].join('\r\n');
