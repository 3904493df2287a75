import { setTimeout as sleep } from 'node:timers/promises';
import type { PresenceView } from '@parley/contracts';
import { ClusterProcesses, engineAddresses, RAISED_LIMITS, TestUser, type ChatClient } from '@parley/harness';
import { LEASE_MS } from '@parley/sessions';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const GRACE_MS = 3_000;
/** Timers, a look-up and the way to the client, on a machine that has more to do. */
const SLACK_MS = 2_000;

describe('The presence of who is connected to a gateway', () => {
  let cluster: ClusterProcesses;

  beforeAll(async () => {
    const env = { ...RAISED_LIMITS, PRESENCE_GRACE_MS: String(GRACE_MS) };
    cluster = await ClusterProcesses.start({ engines: engineAddresses(), env, gateways: 2, routers: 1 });
  });
  afterAll(() => cluster?.stop());

  /** Alice on the first gateway watches Bob on the second. */
  async function watched(): Promise<{ hers: ChatClient; statuses: () => string[] }> {
    const [here, there] = cluster.gateways.map(({ url }) => url ?? '');
    const [alice, bob] = await Promise.all(['alice', 'bob'].map((name) => TestUser.register(cluster.url, name)));
    await alice.api.direct(bob.userId);
    const [hers] = await Promise.all([alice.online('phone', { url: here }), bob.online('phone', { url: there })]);
    const answer = await hers.request<{ presence: PresenceView[] }>('presence:watch', { user_ids: [bob.userId] });
    expect(answer).toMatchObject({ ok: true, presence: [{ user_id: bob.userId, status: 'online' }] });
    return { hers, statuses: () => hers.received<PresenceView>('presence').map(({ status }) => status) };
  }

  it('does not change when the gateway hangs for longer than its lease, and comes back', async () => {
    const { statuses } = await watched();
    const [, there] = cluster.gateways;
    there.pause();
    await sleep(LEASE_MS + GRACE_MS / 3);
    there.resume();
    // What is not to happen has no event to wait for: lease and grace pass without a change.
    await sleep(LEASE_MS + GRACE_MS);
    expect(statuses()).toEqual([]);
  });

  it('is offline within lease and grace when the gateway is killed, and not before the grace', async () => {
    const { hers, statuses } = await watched();
    const killed = performance.now();
    await cluster.gateways[1].kill('SIGKILL');
    await hers.until(() => statuses().length > 0, { timeoutMs: LEASE_MS + GRACE_MS + SLACK_MS });
    const tookMs = performance.now() - killed;
    expect(statuses()).toEqual(['offline']);
    expect(tookMs).toBeGreaterThan(GRACE_MS);
  });
});
