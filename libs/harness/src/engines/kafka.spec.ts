import { describe, expect, it } from 'vitest';
import { clusterIdOf, kafkaConfiguration } from './kafka.js';
import { layoutOf } from './set-layout.js';

const brokersOf = (nodes: number) =>
  layoutOf('/data/engines', { nodes, portOffset: 0 }).filter(({ engine }) => engine === 'kafka');
const linesOf = (nodes: number, node: number) => {
  const brokers = brokersOf(nodes);
  return kafkaConfiguration(brokers[node - 1], brokers).split('\n');
};

describe('server.properties', () => {
  it('makes a lone node broker and controller, on loopback addresses', () => {
    expect(linesOf(1, 1)).toEqual(
      expect.arrayContaining([
        'process.roles=broker,controller',
        'controller.quorum.voters=1@127.0.0.1:9093',
        'listeners=PLAINTEXT://127.0.0.1:9092,CONTROLLER://127.0.0.1:9093',
        'min.insync.replicas=1',
        'offsets.topic.replication.factor=1',
      ]),
    );
  });

  it('makes three brokers keep three replicas, two of which must be in sync', () => {
    expect(linesOf(3, 2)).toEqual(
      expect.arrayContaining([
        'node.id=2',
        'controller.quorum.voters=1@127.0.0.1:9093,2@127.0.0.1:9193,3@127.0.0.1:9293',
        'advertised.listeners=PLAINTEXT://127.0.0.1:9192',
        'min.insync.replicas=2',
        'offsets.topic.replication.factor=3',
        'transaction.state.log.replication.factor=3',
        'transaction.state.log.min.isr=2',
      ]),
    );
  });

  it.each([1, 3])('never makes a topic by itself nor elects a leader that lags, with %d nodes', (nodes) => {
    expect(linesOf(nodes, 1)).toEqual(
      expect.arrayContaining(['auto.create.topics.enable=false', 'unclean.leader.election.enable=false']),
    );
  });
});

describe('the id of a cluster', () => {
  it('is 16 bytes in URL-safe base64, the same for all brokers, another one in another folder', () => {
    const [ours, others] = ['/one', '/two'].map((folder) => layoutOf(folder, { nodes: 1, portOffset: 0 }));
    expect(clusterIdOf(ours)).toMatch(/^[A-Za-z0-9_][A-Za-z0-9_-]{21}$/);
    expect(clusterIdOf(ours)).not.toBe(clusterIdOf(others));
  });
});
