import { describe, expect, it } from 'vitest';
import { cassandraConfiguration } from './cassandra-configuration.js';
import { cassandraArguments } from './cassandra.js';
import { layoutOf } from './set-layout.js';

const ringOf = (nodes: number) =>
  layoutOf('/data/engines', { nodes, portOffset: 100 }).filter(({ engine }) => engine === 'cassandra');
const configurationOf = (nodes: number, node: number) => {
  const ring = ringOf(nodes);
  return JSON.parse(cassandraConfiguration(ring[node - 1], ring)) as Record<string, unknown>;
};

describe('cassandra.yaml', () => {
  it('puts each node of a ring on an address of its own, with the first as the seed', () => {
    expect(configurationOf(3, 2)).toMatchObject({
      listen_address: '127.0.0.2',
      storage_port: 7100,
      rpc_address: '127.0.0.2',
      native_transport_port: 9142,
      seed_provider: [{ parameters: [{ seeds: '127.0.0.1:7100' }] }],
    });
  });

  it('spreads the tokens for as many replicas as there are nodes', () => {
    const replicas = [1, 3].map((nodes) => configurationOf(nodes, 1).allocate_tokens_for_local_replication_factor);
    expect(replicas).toEqual([1, 3]);
  });

  it('keeps all data in the folder of the node', () => {
    const { folder } = ringOf(1)[0];
    const entries = Object.entries(configurationOf(1, 1)).filter(([name]) => /_director(y|ies)$/.test(name));
    expect(entries).toHaveLength(5);
    for (const [, value] of entries) expect(String(value)).toMatch(new RegExp(`^${folder}/data/`));
  });
});

describe("the arguments of Cassandra's java", () => {
  const argumentsOf = (nodes: number) => cassandraArguments('/a folder/cassandra-1', '/lib', 'jamm-0.4.0.jar', nodes);

  it('load the agent that measures memory and name the configuration as a URL', () => {
    expect(argumentsOf(1)).toEqual(
      expect.arrayContaining([
        '-javaagent:/lib/jamm-0.4.0.jar',
        '-Dcassandra.config=file:///a%20folder/cassandra-1/cassandra.yaml',
      ]),
    );
  });

  it('let a lone node wait for nobody, and nodes of a ring for each other', () => {
    expect(argumentsOf(1)).toContain('-Dcassandra.skip_wait_for_gossip_to_settle=0');
    expect(argumentsOf(3)).not.toContain('-Dcassandra.skip_wait_for_gossip_to_settle=0');
    expect(argumentsOf(3)).toContain('-Dcassandra.ring_delay_ms=3000');
  });
});
