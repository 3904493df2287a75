import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NodePlace, NodeRecipe } from './node-recipe.js';
import { KAFKA_PROBE } from './probes.js';
import { runProgram } from './run-program.js';

const JAVA_FLAGS = [
  '-Xms256m',
  '-Xmx512m',
  '-XX:+ExitOnOutOfMemoryError',
  '-Dorg.slf4j.simpleLogger.showDateTime=true',
  '-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd HH:mm:ss.SSS',
];

/** server.properties of a node that is broker and controller; `brokers` are all of the cluster, this one among them. */
export function kafkaConfiguration({ node, folder, listeners }: NodePlace, brokers: readonly NodePlace[]): string {
  const [client, controller] = listeners.map(({ host, port }) => `${host}:${port}`);
  const voters = brokers.map((broker) => `${broker.node}@${broker.listeners[1].host}:${broker.listeners[1].port}`);
  const replicas = brokers.length;
  const inSync = Math.max(1, replicas - 1);
  const settings = {
    'process.roles': 'broker,controller',
    'node.id': node,
    'controller.quorum.voters': voters.join(','),
    listeners: `PLAINTEXT://${client},CONTROLLER://${controller}`,
    'advertised.listeners': `PLAINTEXT://${client}`,
    'controller.listener.names': 'CONTROLLER',
    'log.dirs': join(folder, 'data'),
    'auto.create.topics.enable': false,
    'default.replication.factor': replicas,
    'min.insync.replicas': inSync,
    'unclean.leader.election.enable': false,
    'offsets.topic.replication.factor': replicas,
    'transaction.state.log.replication.factor': replicas,
    'transaction.state.log.min.isr': inSync,
    'group.initial.rebalance.delay.ms': 0,
    // A fenced broker's partitions get another leader after this long; the default is 9 s.
    'broker.session.timeout.ms': 6000,
    'broker.heartbeat.interval.ms': 1000,
    // For a small machine: the defaults are 50 partitions, 8 and 3 threads, and 128 MiB for compaction.
    'offsets.topic.num.partitions': 10,
    'num.io.threads': 4,
    'num.network.threads': 2,
    'log.cleaner.dedupe.buffer.size': 16 * 1024 * 1024,
  };
  return Object.entries(settings)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}

/** 16 bytes as URL-safe base64, the same for all brokers of a cluster; a leading dash would be taken for an option. */
export function clusterIdOf(brokers: readonly NodePlace[]): string {
  const digest = createHash('sha256').update(brokers[0].folder).digest();
  return digest.subarray(0, 16).toString('base64url').replace(/^-/, 'a');
}

export function kafkaRecipe(place: NodePlace, brokers: readonly NodePlace[]): NodeRecipe {
  const file = join(place.folder, 'server.properties');
  const classPath = (jars: string): string[] => ['-cp', join(jars, '*')];
  return {
    ...place,
    configure: () => {
      mkdirSync(join(place.folder, 'data'), { recursive: true });
      writeFileSync(file, kafkaConfiguration(place, brokers));
    },
    initialise: async ({ java, kafka }) => {
      const format = ['kafka.tools.StorageTool', 'format', '-t', clusterIdOf(brokers), '-c', file];
      await runProgram({ file: java, args: [...JAVA_FLAGS, ...classPath(kafka), ...format] });
    },
    command: ({ java, kafka }) => ({ file: java, args: [...JAVA_FLAGS, ...classPath(kafka), 'kafka.Kafka', file] }),
    mark: file,
    probe: KAFKA_PROBE,
    stopSignal: 'SIGTERM',
    startWithinMs: 180_000,
  };
}
