import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A port that leads to Redis, until a test makes it lead nowhere. */
export class Relay {
  /** Connections that came in since the start. */
  connections = 0;
  private readonly pairs = new Set<[Socket, Socket]>();
  private readonly server: Server;
  private port = 0;
  private isHung = false;

  private constructor(private readonly target: URL) {
    this.server = createServer((from) => this.join(from));
  }

  static async open(url: string): Promise<Relay> {
    const relay = new Relay(new URL(url));
    await relay.restore();
    return relay;
  }

  get url(): string {
    const url = new URL(this.target);
    url.host = `127.0.0.1:${this.port}`;
    return url.href;
  }

  /** Connections stay, new ones are taken, and nothing comes back on any. */
  hang(): void {
    this.isHung = true;
    for (const pair of this.pairs) this.hold(pair);
  }

  /** What was held up arrives. */
  resume(): void {
    this.isHung = false;
    for (const [from, to] of this.pairs) to.pipe(from);
  }

  /** Connections are reset and new ones refused. */
  async cut(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    for (const [from, to] of this.pairs) {
      from.resetAndDestroy();
      to.destroy();
    }
    await closed;
  }

  /** Takes connections again, on the same port. */
  async restore(): Promise<void> {
    this.server.listen(this.port, '127.0.0.1');
    await once(this.server, 'listening');
    this.port = (this.server.address() as AddressInfo).port;
  }

  private join(from: Socket): void {
    this.connections += 1;
    const to = connect(Number(this.target.port || 6379), this.target.hostname);
    const pair: [Socket, Socket] = [from, to];
    this.pairs.add(pair);
    const part = () => {
      this.pairs.delete(pair);
      from.destroy();
      to.destroy();
    };
    for (const socket of pair) socket.on('error', part).on('close', part);
    from.pipe(to);
    to.pipe(from);
    if (this.isHung) this.hold(pair);
  }

  private hold([from, to]: [Socket, Socket]): void {
    to.unpipe(from);
    to.pause();
  }
}
