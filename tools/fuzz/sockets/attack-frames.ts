import fc from 'fast-check';
import { RawClient } from '@parley/harness';
import type { Attack } from '../attack.js';
import { HttpClient } from '../rest/http.js';
import type { Target } from '../target.js';
import { hostileText } from '../values/hostile-json.js';
import type { World } from '../world.js';
import { AttackSessions } from './attack-sessions.js';
import { readSocketFace } from './events.js';
import { assaults, type Assault, type Step } from './frames.js';

const AT_ONCE = 4;
const QUERIES = [
  'EIO=4&transport=polling',
  'EIO=4&transport=websocket',
  'EIO=3&transport=polling',
  'EIO=4',
  'transport=x',
  '',
];

/** Something over HTTP where Socket.IO listens. */
interface Poll {
  method: string;
  target: string;
  body: string;
}

/**
 * Frames on connections of their own, several at once, and polling requests beside them. What becomes of the connections
 * is the server's choice; after each case a well-behaved session is answered.
 */
export async function attackFrames(target: Target, world: World): Promise<Attack> {
  const sessions = new AttackSessions(target.url, world);
  const face = await readSocketFace(target.url);
  const http = new HttpClient(target.port);
  let thrown = 0;

  const attack = async ({ isAuthenticated, steps }: Assault, index: number): Promise<void> => {
    const client = await RawClient.open(target.url);
    if (isAuthenticated) {
      client.connect(sessions.auth(index, `raw-${index}`));
      await client.until(() => client.frames.length > 1 || client.closed !== null, 'an answer to CONNECT');
    }
    for (const step of steps) take(client, step);
    thrown += steps.length;
    client.drop();
  };
  const poll = async ({ method, target: path, body }: Poll): Promise<string[]> => {
    thrown++;
    const headers = { 'content-type': 'text/plain;charset=UTF-8' };
    const { status } = await http.send({ method, target: path, headers, body: method === 'POST' ? body : null });
    return status < 500 ? [] : [`${method} ${path} answered ${status}`];
  };

  const some = fc.record({
    frames: fc.array(assaults(face, world.names), { minLength: 1, maxLength: AT_ONCE }),
    polls: fc.array(polls(), { maxLength: 2 }),
  });
  return {
    cases: fc.asyncProperty(some, async ({ frames, polls: requests }) => {
      await Promise.all(frames.map((one, index) => attack(one, index)));
      const faults = (await Promise.all(requests.map(poll))).flat();
      const session = await sessions.get(0);
      const answer = await session.ask('"message:ack"', ['{"positions":{}}']);
      if ((answer as { ok?: unknown }).ok !== true) faults.push(`a sound event got ${JSON.stringify(answer)}`);
      faults.push(...(await target.complaints()));
      if (faults.length > 0) throw new Error(faults.join('\n'));
    }),
    thrown: () => thrown,
    show: ({ frames, polls: requests }) => [...frames, ...requests].map((one) => JSON.stringify(one)),
    close: async () => {
      http.close();
      await sessions.dropAll();
    },
  };
}

function take(client: RawClient, step: Step): void {
  if ('text' in step) client.send(step.text);
  else if ('binary' in step) client.send(Uint8Array.from(step.binary));
  else if ('tcp' in step) tcpOf(client)?.write(Uint8Array.from(step.tcp));
  else if (client.closed === null) {
    step.pieces.forEach((piece, index) =>
      client.socket.send(piece, { fin: step.isWhole && index === step.pieces.length - 1 }, () => undefined),
    );
  }
}

/** The connection below the WebSocket, which `ws` keeps to itself. */
function tcpOf({ socket }: RawClient): { write(bytes: Uint8Array): void } | null {
  return (socket as unknown as { _socket: { write(bytes: Uint8Array): void } | null })._socket;
}

function polls(): fc.Arbitrary<Poll> {
  const session = fc.option(hostileText(), { nil: null });
  return fc
    .tuple(fc.constantFrom('GET', 'POST', 'PUT', 'OPTIONS'), fc.constantFrom(...QUERIES), session, hostileText())
    .map(([method, query, sid, body]) => ({
      method,
      target: `/socket.io/?${query}${sid === null ? '' : `&sid=${encoded(sid)}`}`,
      body,
    }));
}

function encoded(text: string): string {
  return encodeURIComponent(Buffer.from(text.slice(0, 200)).toString('latin1'));
}
