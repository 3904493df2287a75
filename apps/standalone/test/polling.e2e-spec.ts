import { describe, expect, it } from 'vitest';
import { twoOthersChatting } from './hostile/bystanders.js';
import { rawHttp, request } from './hostile/raw-http.js';
import { standaloneUnderTest } from './server-under-test.js';

const PATH = '/socket.io/?EIO=4&transport=polling';
const BODIES = ['', 'garbage', '4', '40{', '4\u001e4\u001e4', 'b!!!', '1', `4${'x'.repeat(100_000)}`, '\u0000'];
const QUERIES = ['', '?EIO=9', '?EIO=4&transport=pigeon', '?EIO=4&transport=polling&sid=%00', '?EIO=4&sid=..'];
const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE'];

/** One process holds all sessions of a polling client; behind a front the requests of one would reach many. */
describe('Polling', () => {
  const server = standaloneUnderTest();
  twoOthersChatting(server);

  it('carries sends and entries as a WebSocket does', async () => {
    const [alice, bob] = await server.users('alice', 'bob');
    const hers = await alice.online('phone', { transports: ['polling'] });
    const { conversation_id: id } = await alice.api.direct(bob.userId);
    expect(await hers.send(id, 'slow but sure')).toMatchObject({ ok: true });
    await hers.untilShown(id, 2);
  });

  it('with garbage in bodies, versions, transports and session ids is refused, and harms nobody', async () => {
    for (const body of BODIES) {
      const opened = await (await fetch(`${server.url}${PATH}`)).text();
      const { sid } = JSON.parse(opened.slice(1)) as { sid: string };
      const { status } = await fetch(`${server.url}${PATH}&sid=${sid}`, { method: 'POST', body });
      expect(status).toBeLessThan(500);
    }
    for (const query of QUERIES) {
      for (const method of METHODS) {
        const { status } = await rawHttp(server.port, request(`${method} /socket.io/${query}`, ['Content-Length: 0']));
        expect(status ?? 400).toBeLessThan(500);
      }
    }
  });
});
