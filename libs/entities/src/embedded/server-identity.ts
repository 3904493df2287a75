import { spawnSync } from 'node:child_process';
import { chownSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { PostgresBinaries } from './postgres-binaries.js';

/** The user `nobody` of every Linux distribution: owns what root lets the server keep. */
const NOBODY = 65_534;

/**
 * Who the server runs as. PostgreSQL refuses root, so a process of root starts it as another user; `wrap` turns a
 * command into one that does so, `uid` and `gid` are what the spawn itself has to switch to.
 */
export interface ServerIdentity {
  /** Owner of everything that the server writes; null: whoever we are. */
  owner: { uid: number; gid: number } | null;
  spawnAs: { uid?: number; gid?: number };
  wrap: (command: string[]) => string[];
}

/**
 * Chooses the identity for a server that keeps its data in `folder`, and makes it the folder's owner.
 *
 * Without root there is nothing to choose. With root it is the owner of the folder, `nobody` for a folder of root. That
 * user must reach binaries and data; where a private folder is in the way (a checkout under /root), `setpriv` leaves
 * the server two capabilities, to walk and read past the modes of folders and files. Throws with what to do where
 * neither works.
 */
export function chooseIdentity(binaries: PostgresBinaries, folder: string): ServerIdentity {
  if (process.getuid?.() !== 0) return { owner: null, spawnAs: {}, wrap: (command) => command };
  const { uid, gid } = statSync(folder);
  const owner = uid === 0 ? { uid: NOBODY, gid: NOBODY } : { uid, gid };
  chownSync(folder, owner.uid, owner.gid);

  const blocked = firstBlocked(binaries, folder);
  const plain: ServerIdentity = { owner, spawnAs: owner, wrap: (command) => command };
  if (blocked === null && canRun(binaries.postgres, plain)) return plain;
  const capable: ServerIdentity = { owner, spawnAs: {}, wrap: (command) => [...setpriv(owner), ...command] };
  if (canRun(binaries.postgres, capable)) return capable;
  throw new Error(
    `PostgreSQL refuses to run as root, and as user ${owner.uid} it cannot reach ${blocked ?? binaries.postgres}. ` +
      `Start Parley as an ordinary user, or open the way (chmod o+x ${blocked ?? dirname(binaries.postgres)}), ` +
      'or put the checkout and DATA_DIR where every user may enter.',
  );
}

/** The first folder or file on the way that others may not enter or read, or null. */
function firstBlocked(binaries: PostgresBinaries, folder: string): string | null {
  const programs = [binaries.initdb, binaries.postgres];
  const needed = [
    ...programs.map((path) => ({ path, bits: 0o5 })),
    { path: binaries.bootstrapScript, bits: 0o4 },
    ...[...programs, binaries.bootstrapScript, folder].flatMap(ancestors).map((path) => ({ path, bits: 0o1 })),
  ];
  return needed.find(({ path, bits }) => (statSync(path).mode & bits) !== bits)?.path ?? null;
}

function ancestors(path: string): string[] {
  const parent = dirname(path);
  return parent === path ? [] : [...ancestors(parent), parent];
}

/** Finding its libraries and printing its version is all that a binary has to prove. */
function canRun(postgres: string, identity: ServerIdentity): boolean {
  const [program = postgres, ...args] = identity.wrap([postgres, '--version']);
  return spawnSync(program, args, { ...identity.spawnAs, cwd: '/', stdio: 'ignore' }).status === 0;
}

/**
 * The capabilities must be ambient to survive the two exec calls, and the securebit keeps access(2) from dropping them
 * for its check (capabilities(7)).
 */
function setpriv({ uid, gid }: { uid: number; gid: number }): string[] {
  const capabilities = '-all,+dac_override,+dac_read_search';
  return [
    'setpriv',
    `--reuid=${uid}`,
    `--regid=${gid}`,
    '--clear-groups',
    `--inh-caps=${capabilities}`,
    `--ambient-caps=${capabilities}`,
    `--bounding-set=${capabilities}`,
    '--securebits=+no_setuid_fixup',
  ];
}
