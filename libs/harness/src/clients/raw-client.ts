import { WebSocket, type RawData } from 'ws';
import { Changes } from './changes.js';

const PING = '2';
const PONG = '3';

export interface RawClientOptions {
  /** Of the handshake's address, on top of EIO and transport. */
  query?: Record<string, string>;
  headers?: Record<string, string>;
  /** Default `/socket.io/`. */
  path?: string;
  /** false: heartbeats stay unanswered. */
  pongs?: boolean;
  /** Called for each frame instead of keeping it: for programs that take in many. */
  onFrame?: (frame: string) => void;
}

/**
 * A plain WebSocket that speaks Engine.IO and Socket.IO by hand: what a client library would never send can be sent.
 * Frames are text: the first character is the Engine.IO type (4 message), the second the Socket.IO type (0 CONNECT,
 * 1 DISCONNECT, 2 EVENT, 3 ACK, 4 CONNECT_ERROR, 5 BINARY_EVENT).
 */
export class RawClient {
  /** Text frames as they came, heartbeats left out. */
  readonly frames: string[] = [];
  /** Set when the connection has ended. */
  closed: { code: number } | null = null;
  private readonly changes = new Changes();
  private nextAckId = 0;

  private constructor(
    readonly socket: WebSocket,
    private readonly options: RawClientOptions,
  ) {
    socket.on('message', (data, isBinary) => this.take(data, isBinary));
    socket.on('close', (code) => {
      this.closed = { code };
      this.changes.announce();
    });
    // A reset says no more than the 'close' that follows.
    socket.on('error', () => undefined);
  }

  /** Resolves when the WebSocket is open; rejects where the upgrade is refused. */
  static async open(url: string, options: RawClientOptions = {}): Promise<RawClient> {
    const address = new URL(options.path ?? '/socket.io/', url.replace(/^http/, 'ws'));
    const query = { EIO: '4', transport: 'websocket', ...options.query };
    for (const [name, value] of Object.entries(query)) address.searchParams.set(name, value);
    const socket = new WebSocket(address, { headers: options.headers, perMessageDeflate: false });
    const client = new RawClient(socket, options);
    await new Promise<void>((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
      socket.once('unexpected-response', (_request, response) =>
        reject(new Error(`The upgrade was answered with ${response.statusCode}`)),
      );
    });
    return client;
  }

  /** Opens, authenticates and waits for `session:ready`; rejects where the server closes the connection before that. */
  static async session(url: string, auth: Record<string, unknown>, options?: RawClientOptions): Promise<RawClient> {
    const client = await RawClient.open(url, options);
    client.connect(auth);
    if (options?.onFrame) return client;
    const isReady = (): boolean => client.events('session:ready').length > 0;
    await client.until(() => isReady() || client.closed !== null, 'session:ready');
    if (!isReady()) throw new Error(`Closed with ${client.closed?.code} before session:ready: ${client.frames.join()}`);
    return client;
  }

  send(frame: string | Uint8Array): void {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(frame);
  }

  /** CONNECT to the default namespace. */
  connect(auth: unknown): void {
    this.send(`40${JSON.stringify(auth)}`);
  }

  /** Sends an EVENT whose payloads are JSON text already, and resolves to the acknowledgement's first value. */
  async ask(event: unknown, ...payloads: string[]): Promise<unknown> {
    const id = this.nextAckId++;
    const start = `43${id}[`;
    this.send(`42${id}[${[JSON.stringify(event), ...payloads].join(',')}]`);
    const isAnswer = (frame: string): boolean => frame.startsWith(start);
    await this.until(() => this.frames.some(isAnswer), `an acknowledgement of ${String(event)}`);
    const frame = this.frames.find(isAnswer) ?? '[]';
    return (JSON.parse(frame.slice(start.length - 1)) as unknown[])[0];
  }

  /** Payloads of the events of this name that came. */
  events(event: string): unknown[] {
    const start = `42[${JSON.stringify(event)},`;
    return this.frames
      .filter((frame) => frame.startsWith(start))
      .map((frame) => JSON.parse(frame.slice(start.length, -1)));
  }

  /** Waits for a condition on frames or the end; at most 8 s. */
  until(condition: () => boolean, what?: string): Promise<void> {
    return this.changes.until(condition, { timeoutMs: 8_000, what });
  }

  untilClosed(): Promise<void> {
    return this.until(() => this.closed !== null, 'the end of the connection');
  }

  /** Ends it without a closing handshake. */
  drop(): void {
    this.socket.terminate();
  }

  private take(data: RawData, isBinary: boolean): void {
    const frame = isBinary ? '' : (data as Buffer).toString('utf8');
    if (frame === PING) {
      if (this.options.pongs !== false) this.send(PONG);
      return;
    }
    if (this.options.onFrame) return this.options.onFrame(frame);
    this.frames.push(frame);
    this.changes.announce();
  }
}
