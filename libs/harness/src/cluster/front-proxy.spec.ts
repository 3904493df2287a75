import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import type { Problem } from '../clients/api-client.js';
import { freePort } from '../processes/free-port.js';
import { FrontProxy } from './front-proxy.js';

/** A process behind the front: it answers requests and WebSocket messages with its name and what it was asked. */
class Upstream {
  readonly requests: IncomingMessage[] = [];
  readonly connections = new Set<Socket>();
  private readonly sockets: WebSocketServer;

  private constructor(
    readonly server: Server,
    readonly name: string,
  ) {
    this.sockets = new WebSocketServer({ server });
    this.sockets.on('connection', (socket, request) => {
      this.requests.push(request);
      socket.on('message', (data) => socket.send(`${name}: ${(data as Buffer).toString()}`));
      socket.on('error', () => undefined);
    });
    server.on('connection', (socket: Socket) => {
      this.connections.add(socket);
      socket.once('close', () => this.connections.delete(socket));
    });
  }

  static async start(name: string, port = 0): Promise<Upstream> {
    const server = createServer((request, response) => {
      upstream.requests.push(request);
      if (request.url === '/half') response.writeHead(200, { 'content-length': 100 }).write('half');
      if (request.url === '/half' || request.url === '/silence') return;
      void text(request).then((body) => response.end(`${name}: ${request.method} ${request.url} ${body}`));
    });
    const upstream = new Upstream(server, name);
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return upstream;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** Ends as a killed process does: its connections are reset, nobody listens any more. */
  die(): void {
    this.server.close();
    for (const socket of this.connections) socket.resetAndDestroy();
  }
}

describe('The front of a cluster', () => {
  const upstreams: Upstream[] = [];
  const clients: WebSocket[] = [];
  let front: FrontProxy;

  async function start(...names: string[]): Promise<Upstream[]> {
    const started = await Promise.all(names.map((name) => Upstream.start(name)));
    upstreams.push(...started);
    return started;
  }

  async function frontOf(gateways: Upstream[], apis: Upstream[]): Promise<void> {
    const ports = (some: Upstream[]): number[] => some.map(({ port }) => port);
    front = await FrontProxy.listen({ port: 0, gateways: ports(gateways), apis: ports(apis) });
  }

  function webSocket(path = '/socket.io/?EIO=4'): WebSocket {
    const client = new WebSocket(`${front.url.replace('http', 'ws')}${path}`);
    client.on('error', () => undefined);
    clients.push(client);
    return client;
  }

  /** Opens one and asks; resolves to the answer, or to null where it was closed without one. */
  function ask(question: string): Promise<string | null> {
    const client = webSocket();
    client.once('open', () => client.send(question));
    return new Promise((resolve) => {
      client.once('message', (data) => resolve((data as Buffer).toString()));
      client.once('close', () => resolve(null));
    });
  }

  afterEach(async () => {
    for (const client of clients.splice(0)) client.terminate();
    await front.close();
    for (const upstream of upstreams.splice(0)) upstream.die();
  });

  it('sends WebSockets to the gateways in turn and requests to the apis in turn', async () => {
    const [one, two, three, four] = await start('gateway 1', 'gateway 2', 'api 1', 'api 2');
    await frontOf([one, two], [three, four]);
    expect([await ask('a'), await ask('b'), await ask('c')]).toEqual(['gateway 1: a', 'gateway 2: b', 'gateway 1: c']);
    const get = async (path: string): Promise<string> => (await fetch(`${front.url}${path}`)).text();
    expect([await get('/api/v1/x?y=1'), await get('/docs')]).toEqual([
      'api 1: GET /api/v1/x?y=1 ',
      'api 2: GET /docs ',
    ]);
    expect(await get('/socket.io/?EIO=4&transport=polling')).toContain('gateway 2');
  });

  it('passes bodies on, and says whom it passes them on for', async () => {
    const [gateway, api] = await start('gateway', 'api');
    await frontOf([gateway], [api]);
    const body = 'x'.repeat(200_000);
    const answer = await fetch(`${front.url}/api`, { method: 'POST', body, headers: { 'x-forwarded-for': '8.8.8.8' } });
    expect(await answer.text()).toBe(`api: POST /api ${body}`);
    await ask('hello');
    expect(api.requests[0].headers['x-forwarded-for']).toBe('8.8.8.8,127.0.0.1');
    expect(gateway.requests[0].headers['x-forwarded-for']).toBe('127.0.0.1');
  });

  it('goes past a process that refuses the connection, and takes it again when it is back', async () => {
    const [one, two] = await start('gateway 1', 'gateway 2');
    await frontOf([one, two], [two]);
    const { port } = one;
    one.die();
    expect([await ask('a'), await ask('b'), await ask('c')]).toEqual(['gateway 2: a', 'gateway 2: b', 'gateway 2: c']);
    upstreams.push(await Upstream.start('gateway 1', port));
    expect(new Set([await ask('d'), await ask('d')])).toEqual(new Set(['gateway 1: d', 'gateway 2: d']));
  });

  it('answers that nothing is available where every process refuses', async () => {
    const [gateway, api] = await start('gateway', 'api');
    await frontOf([gateway], [api]);
    gateway.die();
    api.die();
    expect(await ask('anybody')).toBeNull();
    const answer = await fetch(`${front.url}/api`);
    expect([answer.status, ((await answer.json()) as Problem).code]).toEqual([503, 'unavailable']);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
  });

  it('ends the WebSockets of a gateway that dies at once, and no others', async () => {
    const [one, two] = await start('gateway 1', 'gateway 2');
    await frontOf([one, two], [two]);
    const [his, hers] = [webSocket(), webSocket()];
    await Promise.all([once(his, 'open'), once(hers, 'open')]);
    expect([one, two].map(({ requests }) => requests.length)).toEqual([1, 1]);
    one.die();
    await Promise.race([once(his, 'close'), once(hers, 'close')]);
    expect(two.connections.size).toBe(1);
    expect([his, hers].map(({ readyState }) => readyState === WebSocket.OPEN).toSorted()).toEqual([false, true]);
  });

  it('answers a request whose api dies before it answers, and cuts one off that dies half way', async () => {
    const [gateway, api] = await start('gateway', 'api');
    await frontOf([gateway], [api]);
    const [silent, half] = [fetch(`${front.url}/silence`), await fetch(`${front.url}/half`)];
    await expect.poll(() => api.requests.length).toBe(2);
    api.die();
    expect((await silent).status).toBe(503);
    await expect(half.text()).rejects.toThrow();
  });

  it('ends the connection to a gateway with its client, even in the middle of the handshake', async () => {
    const [gateway, api] = await start('gateway', 'api');
    await frontOf([gateway], [api]);
    const client = webSocket();
    await once(client, 'open');
    client.terminate();
    const upgrade = 'GET /socket.io/ HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n';
    const raw = connect(front.port, '127.0.0.1', () => raw.write(upgrade, () => raw.resetAndDestroy()));
    await once(raw, 'close');
    await expect.poll(() => gateway.connections.size).toBe(0);
    expect(await ask('still there?')).toBe('gateway: still there?');
  });

  it('refuses WebSockets elsewhere and requests for addresses that are none', async () => {
    const [gateway, api] = await start('gateway', 'api');
    await frontOf([gateway], [api]);
    const [refusal] = (await once(webSocket('/api/v1'), 'error').catch((error: unknown) => [error])) as [Error];
    expect(refusal.message).toContain('404');
    const raw = connect(front.port, '127.0.0.1');
    raw.write('GET http://[ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    expect(await text(raw)).toMatch(/^HTTP\/1.1 [45]\d\d /);
    expect(api.requests).toEqual([]);
  });

  it('listens on the port it is told, and says so where that is taken', async () => {
    const [gateway] = await start('gateway');
    const port = await freePort();
    front = await FrontProxy.listen({ port, gateways: [gateway.port], apis: [gateway.port] });
    expect(front.url).toBe(`http://127.0.0.1:${port}`);
    await expect(FrontProxy.listen({ port, gateways: [], apis: [] })).rejects.toThrow('EADDRINUSE');
  });
});
