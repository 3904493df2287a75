import { findProgram, jarFolder, JARS } from '@parley/harness';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A registry may fail for a moment; what was fetched before is kept by Maven. */
const TRIES = 3;

/** The pinned list of what to fetch for an engine. */
export function pomOf(engine: keyof typeof JARS): string {
  return join(dirname(fileURLToPath(import.meta.url)), `${engine}.pom.xml`);
}

/** Fetches the jars of an engine into its folder below `lib`, whole or not at all. */
export function fetchJars(engine: keyof typeof JARS, lib: string): void {
  const maven = findProgram('mvn');
  if (maven === null) throw new Error('mvn is missing. Install Maven: apt-get install maven');
  const begun = performance.now();
  const folder = jarFolder(lib, engine);
  const partial = `${folder}.partial`;
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { recursive: true });
  console.log(`Fetching the jars of ${engine} ${JARS[engine]} with Maven ...`);
  copyDependencies(maven, pomOf(engine), partial);
  renameSync(partial, folder);
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  console.log(`${readdirSync(folder).length} jars in ${folder} after ${seconds} s.`);
}

function copyDependencies(maven: string, pom: string, folder: string): void {
  const args = [
    '-q',
    '-B',
    '-f',
    pom,
    'dependency:copy-dependencies',
    '-DincludeScope=runtime',
    `-DoutputDirectory=${folder}`,
  ];
  for (let attempt = 1; ; attempt += 1) {
    const { status, error } = spawnSync(maven, args, { stdio: ['ignore', 'inherit', 'inherit'] });
    if (status === 0) return;
    if (attempt === TRIES)
      throw new Error(`"mvn ${args.join(' ')}" failed: ${error?.message ?? `it ended with ${status}`}`);
    console.log('That failed; trying again.');
  }
}
