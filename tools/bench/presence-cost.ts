/**
 * `npx tsx --tsconfig tsconfig.spec.json tools/bench/presence-cost.ts`: what one change of presence costs a fleet, by the
 * number of watching sessions and of gateways that hold them. Counts the commands that Redis gets about the one user whose
 * presence changes, as `MONITOR` shows them, on engines that run already (`npm run engines:up`), and the events that
 * watchers get.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { ClusterProcesses, engineAddresses, RAISED_LIMITS, TestUser, type ChatClient } from '@parley/harness';
import { RedisClient } from '@parley/redis-connection';

const WATCHERS = [0, 1, 50];
/** After this nothing more comes of a change. */
const SETTLED_MS = 1_500;
const DEVICES_EACH = 10;

const prefix = `presence-cost-${randomUUID()}:`;
const { redisUrl } = engineAddresses();
const redis = RedisClient.open({ url: redisUrl, keyPrefix: prefix });
await redis.whenUp();
const monitor = await redis.ask('monitor', (commands) => commands.monitor());
const seen: string[] = [];
monitor.on('monitor', (_time: string, args: string[], source: string) => {
  // What a script does inside is part of its one command.
  if (source !== 'lua') seen.push(args.join(' '));
});
const env = { ...RAISED_LIMITS, PRESENCE_GRACE_MS: '0', REDIS_PREFIX: prefix };
const cluster = await ClusterProcesses.start({ engines: engineAddresses(), env, gateways: 2, routers: 1 });
const urls = cluster.gateways.map(({ url }) => url ?? '');

try {
  console.log('gateways  watchers  change      commands  of which signals  events');
  for (const gateways of [1, 2]) for (const watchers of WATCHERS) await measure(gateways, watchers);
} finally {
  await cluster.stop();
  monitor.disconnect();
  await redis.close();
}

async function measure(gateways: number, watchers: number): Promise<void> {
  const [alice, bob] = await Promise.all(['alice', 'bob'].map((name) => TestUser.register(cluster.url, name)));
  await alice.api.direct(bob.userId);
  const clients: ChatClient[] = [];
  let watcher = alice;
  for (let n = 0; n < watchers; n += 1) {
    if (n > 0 && n % DEVICES_EACH === 0) {
      watcher = await TestUser.register(cluster.url, 'watcher');
      await watcher.api.direct(bob.userId);
    }
    const client = await watcher.online(`watcher-${n}`, { url: urls[n % gateways] });
    await client.request('presence:watch', { user_ids: [bob.userId] });
    clients.push(client);
  }
  const phone = bob.device('phone', { url: urls[1] });
  const count = async (change: string, act: () => Promise<unknown>) => {
    await sleep(SETTLED_MS);
    seen.length = 0;
    const before = clients.map((client) => client.received('presence').length);
    await act();
    await sleep(SETTLED_MS);
    const about = seen.filter((command) => /:?(sessions|presence):/.test(command) && command.includes(bob.userId));
    const signals = about.filter((command) => command.startsWith('publish')).length;
    const events = clients.reduce((sum, client, n) => sum + client.received('presence').length - before[n], 0);
    const cells = [gateways, watchers, change, about.length, signals, events].map(String);
    console.log(cells.map((cell, n) => cell.padEnd([10, 10, 12, 10, 18, 6][n])).join(''));
  };
  await count('connect', () => phone.connect().ready());
  await count('away', () => phone.request('presence:set', { status: 'away' }));
  await count('disconnect', async () => phone.disconnect());
  for (const client of clients) client.disconnect();
}
