import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { codeOf, RAISED_LIMITS, StandaloneProcess } from '@parley/harness';
import { afterEach, describe, expect, it } from 'vitest';
import { range } from './entries.js';
import { standaloneUnderTest } from './server-under-test.js';

const STAGES = ['admission', 'log', 'router_wait', 'judge', 'store', 'heads', 'route', 'link', 'verdict', 'delivery'];

describe('The internal port', () => {
  const server = standaloneUnderTest();

  const get = async (path: string): Promise<Response> => {
    const line = server.running.output.lines.find((each) => each.includes('/metrics')) ?? '';
    return fetch(new URL(path, /http:\S+/.exec(line)?.[0]));
  };

  /** The samples of the exposition by their name and labels. */
  const metrics = async (): Promise<Map<string, number>> => {
    const lines = (await (await get('/metrics')).text()).split('\n').filter((line) => line && !line.startsWith('#'));
    return new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.split(' ').at(-1))]));
  };

  it('tells what was sent and how long every stage took', async () => {
    const [alice, bob] = await server.users('alice', 'bob');
    const [hers, his] = await Promise.all([alice.online(), bob.online()]);
    const { conversation_id: id } = await alice.api.direct(bob.userId);
    await his.untilShown(id, 1);
    const before = await metrics();
    const rise = (after: Map<string, number>, sample: string) => (after.get(sample) ?? 0) - (before.get(sample) ?? 0);

    const [first] = await Promise.all(range(1, 20).map((n) => hers.send(id, `message ${n}`)));
    const key = first.ok ? first.client_msg_id : '';
    const content = { type: 'text', text: 'message 1' };
    await hers.request('message:send', { client_msg_id: key, conversation_id: id, content });
    expect(codeOf(await hers.send('4711', 'nowhere'))).toBe('not_found');
    await his.untilShown(id, 21);

    const after = await metrics();
    const sends = (outcome: string) => rise(after, `parley_sends_total{kind="message",outcome="${outcome}"}`);
    expect([sends('accepted'), sends('repeated'), sends('not_found')]).toEqual([20, 1, 1]);
    const isObserved = (stage: string) => rise(after, `parley_stage_seconds_count{stage="${stage}"}`) > 0;
    expect(STAGES.filter((stage) => !isObserved(stage))).toEqual([]);
    expect(after.get('parley_sessions')).toBe(2);
    expect(after.get('parley_connections')).toBe(2);
    expect(after.get('parley_inflight_records{partition="0"}')).toBe(0);
    expect(after.has('parley_log_lag_records{partition="7"}')).toBe(true);
    expect(after.get('process_resident_memory_bytes')).toBeGreaterThan(1_000_000);
  });

  it('tells of every part that it can serve, where the public port says only that all can', async () => {
    const ready = await get('/health/ready');
    expect([ready.status, await ready.json()]).toEqual([
      200,
      expect.objectContaining({ status: 'ok', details: expect.objectContaining({ ids: { status: 'up' } }) }),
    ]);
    const outside = await fetch(`${server.url}/health/ready`);
    expect([outside.status, await outside.json()]).toEqual([200, { status: 'ready' }]);
    expect((await fetch(`${server.url}/metrics`)).status).toBe(404);
  });
});

describe('A start with the internal port taken', () => {
  let other: Server | null = null;
  let standalone: StandaloneProcess | null = null;

  afterEach(async () => {
    await standalone?.stop();
    other?.close();
  });

  it('goes on without metrics, and says so', async () => {
    other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    standalone = await StandaloneProcess.start({ env: { ...RAISED_LIMITS, OPS_PORT: String(port) } });
    const warning = standalone.output.lines.find((line) => line.includes('no metrics'));
    expect(warning).toContain(`OPS_PORT ${port} cannot be had`);
  });
});
