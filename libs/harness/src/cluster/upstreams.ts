import { connect, type Socket } from 'node:net';

/** On loopback a process takes a connection at once, or its backlog is full because it does not run. */
const CONNECT_WITHIN_MS = 1_000;

/** Processes that do the same, on ports of the loopback interface: each connection goes to the next one in turn. */
export class Upstreams {
  private turns = 0;

  constructor(private readonly ports: readonly number[]) {}

  /** A connection to the one whose turn it is, or to the next one that takes it; null where none does. */
  async connect(): Promise<Socket | null> {
    const turn = this.turns++;
    for (let tried = 0; tried < this.ports.length; tried++) {
      const socket = await connectTo(this.ports[(turn + tried) % this.ports.length]);
      if (socket) return socket;
    }
    return null;
  }
}

function connectTo(port: number): Promise<Socket | null> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    const refuse = (): void => {
      socket.destroy();
      resolve(null);
    };
    socket.once('error', refuse);
    socket.setTimeout(CONNECT_WITHIN_MS, refuse);
    socket.once('connect', () => {
      socket.setTimeout(0);
      socket.off('timeout', refuse);
      socket.off('error', refuse);
      // From here on an error is an end like any other: 'close' follows.
      socket.on('error', () => undefined);
      resolve(socket);
    });
  });
}
