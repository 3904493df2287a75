import type { ClusterProcesses } from '@parley/harness';

/** Where everything of a running cluster is. */
export function addressLines(cluster: Pick<ClusterProcesses, 'url' | 'processes'>, logs: string): string[] {
  const rows = cluster.processes.map(({ name, pid, opsUrl }) => [name, String(pid), opsUrl]);
  const table = [['process', 'pid', 'health and metrics'], ...rows];
  return [
    `  Socket.IO  ${cluster.url}`,
    `  REST       ${cluster.url}/api/v1`,
    `  API docs   ${cluster.url}/docs`,
    `  logs       ${logs}`,
    '',
    ...table.map(([name, pid, ops]) => `  ${name.padEnd(16)} ${pid.padEnd(8)} ${ops}`),
  ];
}

export const secondsSince = (begun: number): string => `${((performance.now() - begun) / 1_000).toFixed(1)} s`;
