import type { TestUser } from '@parley/harness';
import { LoadClient } from './load-client.js';
import type { MeasuredServer } from './measured-server.js';
import { deviceName, inParallel } from './pairs.js';

const CONNECTED_AT_ONCE = 20;
/** Time for the server to finish what the connects began (cursors, heartbeats), in milliseconds. */
const SETTLE_MS = 3_000;

export interface IdleResult {
  connections: number;
  bytesEach: number;
  connectsPerSecond: number;
}

/** Resident memory before and after many devices have connected, synced and fallen silent. */
export async function measureIdleConnections(
  server: MeasuredServer,
  users: readonly TestUser[],
  devicesEach: number,
): Promise<IdleResult> {
  const devices = users.flatMap((user) =>
    Array.from({ length: devicesEach }, (_, n) => ({ user, deviceId: deviceName(n) })),
  );
  const before = await settledMemory(server);
  const started = performance.now();
  const clients = await inParallel(devices, CONNECTED_AT_ONCE, ({ user, deviceId }) =>
    LoadClient.connect(server.url, user.api.accessToken, deviceId),
  );
  const seconds = (performance.now() - started) / 1_000;
  const after = await settledMemory(server);
  for (const client of clients) client.close();
  return {
    connections: clients.length,
    bytesEach: (after - before) / clients.length,
    connectsPerSecond: clients.length / seconds,
  };
}

async function settledMemory(server: MeasuredServer): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  return server.memoryBytes();
}
