import { EngineSet, findProgram, findPrograms, missingAmong, type FoundPrograms } from '@parley/harness';
import { aptInstall } from './apt.js';
import { fetchJars } from './jars.js';

/** Debian's packages of the programs. Maven is needed only until the jars are there. */
const JAVA_PACKAGE = 'openjdk-17-jdk-headless';
const MAVEN_PACKAGE = 'maven';

/**
 * Installs what the engines run on and is not there: PostgreSQL, Redis, Java and Maven as packages of the distribution,
 * Kafka and Cassandra as jars below `data/engines/lib`. Nothing missing, it touches nothing and needs no network.
 */
export function install(): void {
  const { lib } = EngineSet;
  const found = findPrograms(lib);
  const missing = missingAmong(found);
  if (missing.length === 0) {
    console.log('Everything is installed.');
    return;
  }
  console.log(`To install: ${missing.join(', ')}`);
  const packages = packagesFor(found);
  if (packages.length > 0) aptInstall(packages);
  for (const engine of ['kafka', 'cassandra'] as const) {
    if (found[engine] === null) fetchJars(engine, lib);
  }
  const still = missingAmong(findPrograms(lib));
  if (still.length > 0) throw new Error(`Still missing after the installation: ${still.join(', ')}`);
  console.log('Everything is installed.');
}

/** The packages that bring what is missing. */
export function packagesFor(found: FoundPrograms, maven: string | null = findProgram('mvn')): string[] {
  const jarsMissing = found.kafka === null || found.cassandra === null;
  return [
    ...(found.postgres === null ? ['postgresql'] : []),
    ...(found.redis === null ? ['redis-server'] : []),
    ...(found.java === null ? [JAVA_PACKAGE] : []),
    ...(jarsMissing && maven === null ? [MAVEN_PACKAGE] : []),
  ];
}
