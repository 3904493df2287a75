import {
  ClusterProcesses,
  engineAddresses,
  EngineSet,
  findPrograms,
  missingAmong,
  RAISED_LIMITS,
  type AppProcess,
} from '@parley/harness';
import { install } from '../engines/install.js';
import { INSPECTABLE } from './measured-process.js';
import type { MeasuredTarget, Part } from './measured-target.js';

/** Of its own: every bench begins with empty engines, and leaves those of `npm run engines:up` as they are. */
const ENGINES = { folder: 'data/engines-bench', nodes: 1, portOffset: 10_000 };

/**
 * Two gateways, two router-workers and an API on one node of each engine, all of it started for the bench. Rejects where
 * the engines of another bench run: it would lose them.
 */
export async function startCluster(say: (line: string) => void): Promise<MeasuredTarget> {
  if (missingAmong(findPrograms(EngineSet.lib)).length > 0) install();
  const engines = new EngineSet(ENGINES);
  if (engines.nodes.some(({ pid }) => pid !== null)) {
    throw new Error(
      `The engines in ${ENGINES.folder} run: another bench is at work, or one was killed. Then end them first: ` +
        `npm run engines:down -- --folder ${ENGINES.folder}`,
    );
  }
  const remove = async (): Promise<void> => void (await engines.wipe());
  await engines.wipe();
  try {
    await engines.up(say);
    return targetOf(await startApps(engines), engines, remove);
  } catch (error) {
    await remove();
    throw error;
  }
}

function startApps(engines: EngineSet): Promise<ClusterProcesses> {
  const env = { ...RAISED_LIMITS, ...INSPECTABLE };
  return ClusterProcesses.start({ engines: engineAddresses(engines.environment()), env });
}

function targetOf(cluster: ClusterProcesses, engines: EngineSet, remove: () => Promise<void>): MeasuredTarget {
  return {
    url: cluster.url,
    gatewayUrls: cluster.gateways.flatMap(({ url }) => url ?? []),
    gateways: cluster.gateways,
    parts: [
      partOf('gateways', cluster.gateways),
      partOf('routers', cluster.routers),
      partOf('api', cluster.apis),
      ...engines.nodes.map(({ engine, pid }) => ({ name: engine, pids: pid === null ? [] : [pid] })),
    ],
    opsUrls: cluster.processes.map(({ opsUrl }) => opsUrl),
    cores: 'apps and engines on all cores',
    stop: async () => {
      await cluster.stop();
      await remove();
    },
  };
}

function partOf(name: string, processes: readonly AppProcess[]): Part {
  return { name, pids: processes.map(({ pid }) => pid) };
}
