import type { TestUser } from '@parley/harness';
import { LoadClient } from './load-client.js';
import { memoryOf } from './measured-process.js';
import type { MeasuredTarget } from './measured-target.js';
import { deviceName, inParallel } from './pairs.js';

const CONNECTED_AT_ONCE = 20;
/** Time for the target to finish what the connects began (cursors, heartbeats), in milliseconds. */
const SETTLE_MS = 3_000;

export interface IdleResult {
  connections: number;
  bytesEach: number;
  connectsPerSecond: number;
}

/** Resident memory of the gateways before and after many devices have connected, synced and fallen silent. */
export async function measureIdleConnections(
  target: MeasuredTarget,
  users: readonly TestUser[],
  devicesEach: number,
): Promise<IdleResult> {
  const devices = users.flatMap((user) =>
    Array.from({ length: devicesEach }, (_, n) => ({
      user,
      deviceId: deviceName(n),
      url: target.gatewayUrls[n % target.gatewayUrls.length],
    })),
  );
  const before = await settledMemory(target);
  const started = performance.now();
  const clients = await inParallel(devices, CONNECTED_AT_ONCE, ({ user, deviceId, url }) =>
    LoadClient.connect(url, user.api.accessToken, deviceId),
  );
  const seconds = (performance.now() - started) / 1_000;
  const after = await settledMemory(target);
  for (const client of clients) client.close();
  return {
    connections: clients.length,
    bytesEach: (after - before) / clients.length,
    connectsPerSecond: clients.length / seconds,
  };
}

async function settledMemory(target: MeasuredTarget): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  const memory = await Promise.all(target.gateways.map(memoryOf));
  return memory.reduce((sum, bytes) => sum + bytes, 0);
}
