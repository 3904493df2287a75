import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the repository, absolute. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

const NOT_SOURCE = new Set(['node_modules', 'dist', 'data', 'coverage', '.git']);

/** Every file of the repository that is not made or fetched; relative to the root, with slashes, sorted. */
export function filesOf(folder = ROOT): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !NOT_SOURCE.has(name))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? filesOf(path) : [relative(ROOT, path).split(sep).join('/')];
    })
    .sort();
}

export function textOf(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

/** The documents: Markdown at the root and under `docs`. */
export function documentsAmong(files: readonly string[]): string[] {
  return files.filter((file) => /^(docs\/.+|[^/]+)[.]md$/.test(file));
}
