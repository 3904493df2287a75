import { ClusterProcesses, engineAddresses } from '@parley/harness';

type Environment = Readonly<Record<string, string>>;

let present: { environment: string; cluster: ClusterProcesses } | null = null;

/**
 * The cluster of this run, started where there is none with this environment: five processes take as long to start as
 * many tests to run, so the files of the vitest project, which share one worker, share it. One at a time: another
 * environment ends it, and so does the worker's end. One that has lost a process, or printed of a failure that nobody
 * took care of, is not handed on.
 */
export async function clusterUnderTest(env: Environment): Promise<ClusterProcesses> {
  const environment = JSON.stringify(env);
  if (present?.environment === environment && isSound(present.cluster)) return present.cluster;
  await present?.cluster.stop();
  present = null;
  const cluster = await ClusterProcesses.start({ engines: engineAddresses(), env });
  present = { environment, cluster };
  return cluster;
}

function isSound(cluster: ClusterProcesses): boolean {
  return cluster.processes.every(({ running }) => running) && cluster.unhandled().length === 0;
}
