import type { Engine } from '@parley/contracts';
import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** Fetched from Maven's repository as jars; the poms beside the tool `engines` name the same versions. */
export const JARS = { kafka: '4.1.2', cassandra: '5.0.7' } as const;

/** Cassandra 5.0 runs on Java 11 and 17, Kafka 4 needs 17 at least. */
const JAVA = '17';
/** Where programs are looked for, whatever PATH the caller has; Debian keeps the servers' in sbin. */
const PROGRAM_FOLDERS = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];
const JAVA_FOLDERS = ['/usr/lib/jvm', '/opt/java'];

/** What is found on this machine; `null` is missing. */
export interface FoundPrograms {
  /** The `java` of a Java 17. */
  java: string | null;
  /** The folder with `postgres` and `initdb`. */
  postgres: string | null;
  redis: string | null;
  /** Folders with an engine's jars. */
  kafka: string | null;
  cassandra: string | null;
}

/** All that the engines run on: `FoundPrograms` with nothing missing. */
export type Programs = { [Name in keyof FoundPrograms]: string };

/** Looks for the programs; `lib` is the folder that `npm run engines:install` fills with jars. */
export function findPrograms(lib: string): FoundPrograms {
  return {
    java: findJava(),
    postgres: findPostgres(),
    redis: findProgram('redis-server'),
    kafka: existing(jarFolder(lib, 'kafka')),
    cassandra: existing(jarFolder(lib, 'cassandra')),
  };
}

/** The programs, or throws an error that names what is missing and the command that installs it. */
export function requirePrograms(lib: string): Programs {
  const found = findPrograms(lib);
  const missing = missingAmong(found);
  if (missing.length > 0) {
    throw new Error(`Not installed: ${missing.join(', ')}. Run this first: npm run engines:install`);
  }
  return found as Programs;
}

/** What a person calls the missing programs. */
export function missingAmong(found: FoundPrograms): string[] {
  const names: Record<keyof FoundPrograms, string> = {
    java: `Java ${JAVA}`,
    postgres: 'PostgreSQL',
    redis: 'Redis',
    kafka: `Kafka ${JARS.kafka}`,
    cassandra: `Cassandra ${JARS.cassandra}`,
  };
  return (Object.keys(names) as (keyof FoundPrograms)[]).filter((key) => found[key] === null).map((key) => names[key]);
}

/** Where the jars of an engine are, installed or not. */
export function jarFolder(lib: string, engine: Engine & keyof typeof JARS): string {
  return resolve(lib, `${engine}-${JARS[engine]}`);
}

/** The path of a program, or null where it is not installed. */
export function findProgram(name: string): string | null {
  return PROGRAM_FOLDERS.map((folder) => join(folder, name)).find((path) => existsSync(path)) ?? null;
}

function findJava(): string | null {
  const onPath = findProgram('java');
  const homes = onPath === null ? [] : [dirname(dirname(realpathSync(onPath)))];
  for (const folder of JAVA_FOLDERS.filter((each) => existsSync(each))) {
    homes.push(...readdirSync(folder).map((name) => join(folder, name)));
  }
  const home = homes.find((each) => javaVersionIn(each) === JAVA);
  return home === undefined ? null : join(home, 'bin/java');
}

/** Major version, from the file that every JDK carries: starting a JVM to ask takes a second. */
function javaVersionIn(home: string): string | null {
  const release = join(home, 'release');
  if (!existsSync(release) || !existsSync(join(home, 'bin/java'))) return null;
  return /^JAVA_VERSION="(\d+)/m.exec(readFileSync(release, 'utf8'))?.[1] ?? null;
}

/** Debian keeps each major version in a folder of its own, off the PATH; the newest is taken. */
function findPostgres(): string | null {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [...versions.map((version) => join(debian, version, 'bin')), ...PROGRAM_FOLDERS];
  return folders.find((folder) => ['postgres', 'initdb'].every((name) => existsSync(join(folder, name)))) ?? null;
}

const existing = (path: string): string | null => (existsSync(path) ? path : null);
