import { chownSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NodePlace, NodeRecipe, SystemUser } from './node-recipe.js';
import { postgresProbe } from './probes.js';
import { isZombie } from './process-table.js';
import { runProgram } from './run-program.js';

/** Name of the role, its password and its database. */
const PARLEY = 'parley';
const MAX_CONNECTIONS = 200;

/** One line of pg_hba.conf: the role of the apps, by password, from this machine. Nobody else gets in. */
const CLIENT_AUTHENTICATION = `host all ${PARLEY} 127.0.0.1/32 scram-sha-256\n`;

/** May make databases, for tests that want one of their own. */
const SET_UP = `CREATE ROLE ${PARLEY} LOGIN CREATEDB PASSWORD '${PARLEY}'
CREATE DATABASE ${PARLEY} OWNER ${PARLEY}
`;

/** Arguments of `postgres`: everything that differs from what initdb wrote. */
export function postgresArguments({ folder, listeners: [{ host, port }] }: NodePlace): string[] {
  const settings = {
    listen_addresses: host,
    port,
    max_connections: MAX_CONNECTIONS,
    hba_file: join(folder, 'pg_hba.conf'),
    // Its default place belongs to the distribution's own clusters.
    unix_socket_directories: '',
    logging_collector: 'off',
  };
  return [
    '-D',
    join(folder, 'data'),
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
}

/**
 * A server that was killed leaves its lock file behind. PostgreSQL sees through that by its pid, but takes a process that
 * nobody has reaped yet for a live server.
 */
function removeStaleLock(data: string): void {
  const lock = join(data, 'postmaster.pid');
  if (existsSync(lock) && isZombie(parseInt(readFileSync(lock, 'utf8')))) rmSync(lock);
}

/** PostgreSQL refuses to run as root: then it runs as the user that the distribution's package made for it. */
export function postgresUser(): SystemUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const found = /^postgres:[^:]*:(\d+):(\d+):/m.exec(readFileSync('/etc/passwd', 'utf8'));
  if (!found) throw new Error('PostgreSQL does not run as root, and there is no user "postgres" to run it as');
  return { uid: Number(found[1]), gid: Number(found[2]) };
}

export function postgresRecipe(place: NodePlace): NodeRecipe {
  const data = join(place.folder, 'data');
  return {
    ...place,
    configure: () => {
      writeFileSync(join(place.folder, 'pg_hba.conf'), CLIENT_AUTHENTICATION);
      removeStaleLock(data);
    },
    initialise: async ({ postgres }) => {
      const user = postgresUser();
      mkdirSync(data, { mode: 0o700 });
      if (user) chownSync(data, user.uid, user.gid);
      const initdb = ['-D', data, '-U', 'postgres', '--auth=reject', '--encoding=UTF8', '--locale=C.UTF-8'];
      await runProgram({ file: join(postgres, 'initdb'), args: initdb, user });
      // Single-user mode takes one statement a line, and needs neither a server nor a way in for the superuser.
      const single = ['--single', '-D', data, '-c', 'exit_on_error=on', 'postgres'];
      await runProgram({ file: join(postgres, 'postgres'), args: single, user }, SET_UP);
    },
    command: ({ postgres }) => ({
      file: join(postgres, 'postgres'),
      args: postgresArguments(place),
      user: postgresUser(),
    }),
    mark: data,
    probe: postgresProbe(PARLEY, PARLEY),
    // SIGTERM would wait for every client to leave; SIGINT ends their sessions.
    stopSignal: 'SIGINT',
    startWithinMs: 60_000,
  };
}
