import { findProgram } from '@parley/harness';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Debian makes and starts a cluster when PostgreSQL is installed, unless this file says otherwise. */
const NO_CLUSTER = {
  folder: '/etc/postgresql-common/createcluster.d',
  file: '/etc/postgresql-common/createcluster.d/parley-engines.conf',
};
/** Packages that come with a service, by its name. */
const SERVICES = ['postgresql', 'redis-server'];

/**
 * Installs packages of Debian or one of its kin, as root or through sudo, and keeps the services that come with them from
 * running: the engines are started by us, with data folders of their own. Throws, naming what to install, where it cannot.
 */
export function aptInstall(packages: string[]): void {
  const asRoot = rootPrefix(packages);
  const run = (...command: string[]): void => runShown([...asRoot, ...command], packages);

  console.log(`Installing the packages ${packages.join(', ')} with apt-get; their services are not enabled.`);
  if (packages.includes('postgresql')) {
    run('mkdir', '-p', NO_CLUSTER.folder);
    run('sh', '-c', `echo 'create_main_cluster = false' > ${NO_CLUSTER.file}`);
  }
  run('apt-get', 'update', '-q');
  run('env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', 'install', '-qy', '--no-install-recommends', ...packages);
  for (const service of SERVICES.filter((each) => packages.includes(each))) run(...disabling(service));
}

/** What stops a service now and keeps it from the next boot; without systemd nothing starts it at a boot. */
function disabling(service: string): string[] {
  const systemd = existsSync('/run/systemd/system');
  return systemd ? ['systemctl', 'disable', '--now', service] : ['sh', '-c', `service ${service} stop || true`];
}

function rootPrefix(packages: string[]): string[] {
  const names = packages.join(' ');
  if (findProgram('apt-get') === null) {
    throw new Error(
      `Only apt-get is known here. Install what these packages of Debian are called on your system: ${names}`,
    );
  }
  if (process.getuid?.() === 0) return [];
  if (findProgram('sudo') !== null) return ['sudo'];
  throw new Error(`Packages are missing, and that needs root. Run as root: apt-get install ${names}`);
}

function runShown([file, ...args]: string[], packages: string[]): void {
  const { status, error } = spawnSync(file, args, { stdio: ['inherit', 'inherit', 'inherit'] });
  if (status === 0) return;
  const why = error?.message ?? `it ended with ${status}`;
  throw new Error(`"${[file, ...args].join(' ')}" failed: ${why}. To install: ${packages.join(' ')}`);
}
