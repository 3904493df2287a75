import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CASSANDRA_LOGGING, cassandraConfiguration } from './cassandra-configuration.js';
import type { NodePlace, NodeRecipe } from './node-recipe.js';
import { CASSANDRA_PROBE } from './probes.js';

/** Packages of the JDK that Cassandra 5.0 reaches into, which Java 17 keeps closed otherwise. */
const EXPORTED = [
  'java.base/jdk.internal.misc',
  'java.base/jdk.internal.ref',
  'java.base/sun.nio.ch',
  'java.management.rmi/com.sun.jmx.remote.internal.rmi',
  'java.rmi/sun.rmi.registry',
  'java.rmi/sun.rmi.server',
  'java.rmi/sun.rmi.transport.tcp',
  'java.sql/java.sql',
  'jdk.unsupported/sun.misc',
];
const OPENED = [
  'java.base/java.io',
  'java.base/java.lang',
  'java.base/java.lang.module',
  'java.base/java.net',
  'java.base/java.nio',
  'java.base/java.util',
  'java.base/java.util.concurrent',
  'java.base/java.util.concurrent.atomic',
  'java.base/jdk.internal.loader',
  'java.base/jdk.internal.math',
  'java.base/jdk.internal.module',
  'java.base/jdk.internal.ref',
  'java.base/jdk.internal.reflect',
  'java.base/jdk.internal.util.jar',
  'java.base/sun.nio.ch',
  'jdk.management/com.sun.management.internal',
];

const HEAP = { alone: ['-Xms512m', '-Xmx1g'], inRing: ['-Xms512m', '-Xmx512m'] };

/** For the other nodes: there are none, or they are on this machine, where a second or two of gossip tells everything. */
const WAITING = {
  alone: ['-Dcassandra.ring_delay_ms=100', '-Dcassandra.skip_wait_for_gossip_to_settle=0'],
  inRing: [
    '-Dcassandra.ring_delay_ms=3000',
    '-Dcassandra.gossip_settle_min_wait_ms=1000',
    '-Dcassandra.gossip_settle_interval_ms=500',
  ],
};

/** Arguments of `java`; `jars` is the folder with Cassandra's, `jamm` the name of the one that measures memory. */
export function cassandraArguments(folder: string, jars: string, jamm: string, nodes: number): string[] {
  const alone = nodes === 1;
  const waiting = alone ? WAITING.alone : WAITING.inRing;
  return [
    ...(alone ? HEAP.alone : HEAP.inRing),
    '-XX:+ExitOnOutOfMemoryError',
    `-javaagent:${join(jars, jamm)}`,
    '-Djdk.attach.allowAttachSelf=true',
    ...EXPORTED.map((name) => `--add-exports=${name}=ALL-UNNAMED`),
    ...OPENED.map((name) => `--add-opens=${name}=ALL-UNNAMED`),
    `-Dcassandra.config=${pathToFileURL(join(folder, 'cassandra.yaml')).href}`,
    `-Dcassandra.storagedir=${join(folder, 'data')}`,
    `-Dcassandra.triggers_dir=${join(folder, 'data/triggers')}`,
    `-Dlogback.configurationFile=${join(folder, 'logback.xml')}`,
    '-Dcassandra-foreground=yes',
    ...waiting,
    '-cp',
    join(jars, '*'),
    'org.apache.cassandra.service.CassandraDaemon',
  ];
}

function jammIn(jars: string): string {
  const found = readdirSync(jars).find((name) => /^jamm-.+[.]jar$/.test(name));
  if (found === undefined)
    throw new Error(`There is no jamm jar in ${jars}. Delete that folder and run: npm run engines:install`);
  return found;
}

export function cassandraRecipe(place: NodePlace, ring: readonly NodePlace[]): NodeRecipe {
  const { folder } = place;
  return {
    ...place,
    configure: () => {
      mkdirSync(join(folder, 'data/triggers'), { recursive: true });
      writeFileSync(join(folder, 'cassandra.yaml'), cassandraConfiguration(place, ring));
      writeFileSync(join(folder, 'logback.xml'), CASSANDRA_LOGGING);
    },
    initialise: () => Promise.resolve(),
    command: ({ java, cassandra }) => ({
      file: java,
      args: cassandraArguments(folder, cassandra, jammIn(cassandra), ring.length),
    }),
    mark: `-Dcassandra.storagedir=${join(folder, 'data')}`,
    probe: CASSANDRA_PROBE,
    stopSignal: 'SIGTERM',
    startWithinMs: 240_000,
  };
}
