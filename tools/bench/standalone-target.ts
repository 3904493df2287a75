import { availableParallelism } from 'node:os';
import { freePort, RAISED_LIMITS, StandaloneProcess } from '@parley/harness';
import { INSPECTABLE } from './measured-process.js';
import type { MeasuredTarget } from './measured-target.js';

const CORE = 0;

/** One standalone server on a core of its own, where that can be had. */
export async function startStandalone(): Promise<MeasuredTarget> {
  const opsPort = await freePort();
  const core = availableParallelism() > 1 ? CORE : undefined;
  const env = { ...RAISED_LIMITS, ...INSPECTABLE, OPS_PORT: String(opsPort) };
  const server = await StandaloneProcess.start({ env, core });
  return {
    url: server.url,
    gatewayUrls: [server.url],
    gateways: [server],
    parts: [{ name: 'server', pids: [server.pid] }],
    opsUrls: [`http://127.0.0.1:${opsPort}`],
    cores: core === undefined ? 'server on any core' : `server on core ${core}`,
    stop: () => server.stop(),
  };
}
