import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { GatewayAbsent, type LinkFrame } from '../gateway-link.js';
import { gatewayLinkContract } from '../testing/gateway-link.contract.js';
import { freeAddress, LINK_SECRET, startLinkProcess } from '../testing/link-process.js';
import { frameOf } from '../testing/sample-frame.js';
import { OTHER_AUTHORITY, PEER_TLS } from '../testing/test-certificates.js';
import type { LinkServerOptions } from './link-server.js';
import { TcpGatewayLink } from './tcp-gateway-link.js';

gatewayLinkContract('TcpGatewayLink', async () => {
  const link = new TcpGatewayLink({ secret: LINK_SECRET });
  const running = new Map<string, () => Promise<void>>();
  const [a, b, absent] = await Promise.all([freeAddress(), freeAddress(), freeAddress()]);
  const disconnect = async (gateway: string) => running.get(gateway)?.();
  return {
    link,
    names: { a, b, absent },
    connect: async (gateway, receiver) => void running.set(gateway, await startLinkProcess(gateway, receiver)),
    disconnect,
    close: async () => {
      link.onApplicationShutdown();
      await Promise.all([...running.keys()].map(disconnect));
    },
  };
});

describe('TcpGatewayLink', () => {
  let address: string;
  let taken: LinkFrame[];

  beforeEach(async () => {
    address = await freeAddress();
    taken = [];
  });

  afterEach(() => vi.useRealTimers());

  function makeLink(options: Partial<ConstructorParameters<typeof TcpGatewayLink>[0]> = {}): TcpGatewayLink {
    const link = new TcpGatewayLink({ secret: LINK_SECRET, ...options });
    onTestFinished(() => link.onApplicationShutdown());
    return link;
  }

  async function startGateway(options?: Partial<LinkServerOptions>): Promise<() => Promise<void>> {
    const stop = await startLinkProcess(address, { take: (frame) => taken.push(frame) }, options);
    onTestFinished(stop);
    return stop;
  }

  /** A process at the address that is no gateway. */
  async function listen(server: Server): Promise<void> {
    server.listen(Number(address.split(':')[1]), '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
  }

  it('goes on after a restart of the gateway', async () => {
    const link = makeLink();
    const stop = await startGateway();
    await link.deliver(address, frameOf(1));
    await stop();
    await startGateway();
    await vi.waitFor(() => link.deliver(address, frameOf(2)));
    expect(taken).toEqual([frameOf(1), frameOf(2)]);
  });

  it('keeps the order across a lost connection, and says of each frame whether it was taken for sure', async () => {
    const link = makeLink();
    const stop = await startGateway();
    await link.deliver(address, frameOf(0));
    const sure = [0];
    const lost: number[] = [];
    let sent = 1;
    const stopped = stop();
    while (lost.length === 0) {
      const seq = sent++;
      link.deliver(address, frameOf(seq)).then(
        () => sure.push(seq),
        () => lost.push(seq),
      );
      if (seq % 20 === 0) await new Promise(setImmediate);
    }
    await stopped;
    await startGateway();
    await vi.waitFor(() => link.deliver(address, frameOf(sent)));
    await Promise.all(Array.from({ length: 10 }, (_, more) => link.deliver(address, frameOf(sent + 1 + more))));
    const seqs = taken.map(({ heads }) => heads[0].last_seq);
    expect(seqs).toEqual(seqs.toSorted((one, other) => one - other));
    expect(seqs).toEqual(expect.arrayContaining([...sure, sent, sent + 10]));
  });

  it('ends a wait by its signal, and the connection with it; the next frame goes on a fresh one', async () => {
    const connections: Socket[] = [];
    const server = createServer((socket) => connections.push(socket.on('error', () => undefined).resume()));
    await listen(server);
    const link = makeLink();
    const giveUp = new AbortController();
    const waiting = [1, 2].map((seq) => link.deliver(address, frameOf(seq), giveUp.signal));
    await vi.waitFor(() => expect(connections[0]?.bytesRead).toBeGreaterThan(0));
    const closed = once(connections[0], 'close');
    giveUp.abort();
    for (const frame of waiting) await expect(frame).rejects.toThrow(address);
    await closed;
    const next = link.deliver(address, frameOf(3));
    await vi.waitFor(() => expect(connections).toHaveLength(2));
    connections[1].destroy();
    await expect(next).rejects.toThrow(/did not take/);
  });

  it('ends a wait also while the connection is being made', async () => {
    // An address for documentation (RFC 5737): nobody answers there, or the network refuses it at once.
    const link = makeLink();
    const giveUp = new AbortController();
    const waiting = link.deliver('192.0.2.1:7000', frameOf(1), giveUp.signal);
    giveUp.abort();
    await expect(waiting).rejects.toThrow('192.0.2.1:7000');
  });

  it('says of each frame what became of its own connection', async () => {
    const endings = [(socket: Socket) => socket.resetAndDestroy(), (socket: Socket) => socket.end()];
    const server = createServer((socket) => socket.once('data', () => endings.shift()?.(socket)));
    await listen(server);
    const link = makeLink();
    await expect(link.deliver(address, frameOf(1))).rejects.toThrow(/ECONNRESET/);
    await expect(link.deliver(address, frameOf(2))).rejects.toThrow(/Connection closed/);
  });

  it('takes a name that is no address for one of somebody who left', async () => {
    for (const name of ['gateway-1', 'localhost:0', 'localhost:70000', 'a b:1', ':7000', '']) {
      await expect(makeLink().deliver(name, frameOf(1))).rejects.toBeInstanceOf(GatewayAbsent);
    }
  });

  it('closes a connection that is not used for five minutes', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const server = createServer((socket) => socket.on('data', () => undefined));
    await listen(server);
    const link = makeLink();
    const waiting = Promise.allSettled([link.deliver(address, frameOf(1))]);
    const [socket] = (await once(server, 'connection')) as [Socket];
    vi.advanceTimersByTime(200_000);
    const used = Promise.allSettled([link.deliver(address, frameOf(2))]);
    vi.advanceTimersByTime(299_999);
    await once(socket, 'data');
    expect(socket.readyState).toBe('open');
    vi.advanceTimersByTime(1);
    await once(socket, 'close');
    expect(await Promise.all([waiting, used])).toMatchObject([[{ status: 'rejected' }], [{ status: 'rejected' }]]);
  });

  it('is refused without the secret of the fleet, and with a token for another address', async () => {
    await startGateway();
    await expect(makeLink({ secret: 'guessed' }).deliver(address, frameOf(1))).rejects.toThrow(address);
    const elsewhere = `localhost:${address.split(':')[1]}`;
    await expect(makeLink().deliver(elsewhere, frameOf(1))).rejects.toThrow(elsewhere);
    await makeLink().deliver(address, frameOf(2));
    expect(taken).toEqual([frameOf(2)]);
  });

  it('carries frames over TLS between peers of one authority', async () => {
    await startGateway({ tls: PEER_TLS });
    await makeLink({ tls: PEER_TLS }).deliver(address, frameOf(1));
    await expect(makeLink({ tls: { ca: PEER_TLS.ca } }).deliver(address, frameOf(2))).rejects.toThrow(address);
    await expect(makeLink().deliver(address, frameOf(3))).rejects.toThrow(address);
    expect(taken).toEqual([frameOf(1)]);
  });

  it('shows nothing, not even its token, to a peer that another authority vouches for', async () => {
    let heard = 0;
    const server = createTlsServer({ cert: PEER_TLS.cert, key: PEER_TLS.key }, (socket) => {
      socket.on('data', ({ length }) => (heard += length)).on('error', () => undefined);
    });
    const closed = new Promise((resolve) => server.on('connection', (socket) => socket.once('close', resolve)));
    await listen(server);
    const link = makeLink({ tls: { ...PEER_TLS, ca: OTHER_AUTHORITY } });
    await expect(link.deliver(address, frameOf(1))).rejects.toThrow(/certificate/);
    await closed;
    expect(heard).toBe(0);
  });
});
