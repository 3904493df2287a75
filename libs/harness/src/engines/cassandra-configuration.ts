import { join } from 'node:path';
import type { NodePlace } from './node-recipe.js';

/** cassandra.yaml; `ring` are all nodes of the cluster, this one among them, and the first is the seed. */
export function cassandraConfiguration({ folder, listeners }: NodePlace, ring: readonly NodePlace[]): string {
  const [client, storage] = listeners;
  const seed = ring[0].listeners[1];
  const data = join(folder, 'data');
  // A JSON document is a YAML document.
  return JSON.stringify(
    {
      cluster_name: 'parley-engines',
      num_tokens: 16,
      allocate_tokens_for_local_replication_factor: ring.length,
      partitioner: 'org.apache.cassandra.dht.Murmur3Partitioner',
      // One data centre, `datacenter1`.
      endpoint_snitch: 'SimpleSnitch',
      authenticator: 'AllowAllAuthenticator',
      authorizer: 'AllowAllAuthorizer',
      listen_address: storage.host,
      storage_port: storage.port,
      rpc_address: client.host,
      native_transport_port: client.port,
      seed_provider: [
        {
          class_name: 'org.apache.cassandra.locator.SimpleSeedProvider',
          parameters: [{ seeds: `${seed.host}:${seed.port}` }],
        },
      ],
      data_file_directories: [join(data, 'tables')],
      commitlog_directory: join(data, 'commitlog'),
      saved_caches_directory: join(data, 'saved-caches'),
      hints_directory: join(data, 'hints'),
      cdc_raw_directory: join(data, 'cdc'),
      ...commitLog(ring.length),
      // A snapshot of every table that a test drops would fill the disk.
      auto_snapshot: false,
      // For a small machine.
      commitlog_segment_size: '16MiB',
      commitlog_total_space: '256MiB',
      memtable_heap_space: '128MiB',
      memtable_offheap_space: '64MiB',
      file_cache_size: '64MiB',
      concurrent_reads: 16,
      concurrent_writes: 16,
      concurrent_compactors: 1,
    },
    null,
    2,
  );
}

/**
 * A replay reads up to the last mark in the log, and with `periodic` a mark is set ten times a second: a kill takes what
 * was written, and answered, after it. In a ring the other nodes have that; a node that is alone syncs before it answers.
 */
function commitLog(nodes: number): Record<string, string> {
  return nodes === 1 ? { commitlog_sync: 'batch' } : { commitlog_sync: 'periodic', commitlog_sync_period: '10000ms' };
}

/** Errors and warnings say what is wrong; the rest of what Cassandra tells at a start is long. */
export const CASSANDRA_LOGGING = `<configuration>
  <appender name="OUT" class="ch.qos.logback.core.ConsoleAppender">
    <encoder><pattern>%date{ISO8601} %-5level %logger{1} %msg%n</pattern></encoder>
  </appender>
  <root level="WARN"><appender-ref ref="OUT"/></root>
  <logger name="org.apache.cassandra.service.StorageService" level="INFO"/>
  <logger name="org.apache.cassandra.gms.Gossiper" level="INFO"/>
</configuration>
`;
