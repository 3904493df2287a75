import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** Slowed bytes go out in so many pieces a second. */
const PIECES_PER_SECOND = 10;

/**
 * A bad network between clients and a server on the loopback interface: slow, or gone without a word. It keeps no more
 * than a chunk or two of a connection and leaves the rest in the sender's buffers, as a network does.
 */
export class TcpProxy {
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();
  private bytesPerSecond = Infinity;
  private isSilent = false;

  private constructor(to: number) {
    this.server = createServer((client) => {
      const upstream = connect(to, '127.0.0.1');
      for (const socket of [client, upstream]) {
        this.sockets.add(socket);
        socket.once('close', () => this.sockets.delete(socket));
        // What ended it shows in the 'close' that follows.
        socket.on('error', () => undefined);
      }
      void this.carry(client, upstream, () => Infinity);
      void this.carry(upstream, client, () => this.bytesPerSecond);
    });
  }

  /** Listens on a free port and passes everything on to `port`. */
  static async to(port: number): Promise<TcpProxy> {
    const proxy = new TcpProxy(port);
    proxy.server.listen(0, '127.0.0.1');
    await once(proxy.server, 'listening');
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** From now on each client gets so many bytes a second; `Infinity` takes the limit away. */
  slowDown(bytesPerSecond: number): void {
    this.bytesPerSecond = bytesPerSecond;
  }

  /** From now on nothing arrives on either side, no byte and no end: both believe that the connection stands. */
  fallSilent(): void {
    this.isSilent = true;
  }

  /** Ends every connection. */
  async close(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }

  private async carry(from: Socket, to: Socket, rate: () => number): Promise<void> {
    try {
      for await (const chunk of from.iterator({ destroyOnReturn: false })) {
        await this.pass(chunk as Buffer, to, rate);
      }
    } catch {
      // A reset: passed on as an end.
    }
    if (!this.isSilent) to.destroySoon();
  }

  private async pass(chunk: Buffer, to: Socket, rate: () => number): Promise<void> {
    for (let at = 0; at < chunk.length && !this.isSilent && !to.destroyed;) {
      const limit = rate();
      const end = limit === Infinity ? chunk.length : at + Math.max(1, Math.floor(limit / PIECES_PER_SECOND));
      await new Promise((resolve) => to.write(chunk.subarray(at, end), resolve));
      at = end;
      if (limit !== Infinity) await sleep(1_000 / PIECES_PER_SECOND);
    }
  }
}
