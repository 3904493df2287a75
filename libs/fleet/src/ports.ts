import type { Provider } from '@nestjs/common';
import { ROUTER_GROUP } from '@parley/contracts';
import { KafkaMessageLog, LogProgress, MessageLog, Quarantine } from '@parley/message-log';
import {
  CassandraConversationStore,
  CassandraCursorStore,
  CassandraInboxStore,
  CassandraQuarantine,
  CassandraSession,
  ConversationStore,
  CursorStore,
  InboxStore,
} from '@parley/message-store';
import { InMemoryRateLimits, PerProcessWhileAway, RateLimits, RedisRateLimits } from '@parley/rate-limits';
import { RedisClient } from '@parley/redis-connection';
import {
  GatewayLeases,
  PresenceMarks,
  RedisGatewayLeases,
  RedisPresenceMarks,
  RedisRememberedDevices,
  RedisSessionRegistry,
  RememberedDevices,
  SessionRegistry,
} from '@parley/sessions';
import { RedisSignals, Signals } from '@parley/signals';

/** The ports on each engine, as Nest providers. */

/** The consumer group of the routers. `prefix`: what the fleet puts before its names in Kafka. */
export function routerGroupOf(prefix: string): string {
  return `${prefix}${ROUTER_GROUP}`;
}

export function portsOnKafka(log: KafkaMessageLog, prefix: string): Provider[] {
  return [
    { provide: MessageLog, useValue: log },
    { provide: LogProgress, useValue: log.progress(routerGroupOf(prefix)) },
  ];
}

export function portsOnCassandra(session: CassandraSession): Provider[] {
  return [
    { provide: ConversationStore, useValue: new CassandraConversationStore(session) },
    { provide: InboxStore, useValue: new CassandraInboxStore(session) },
    { provide: CursorStore, useValue: new CassandraCursorStore(session) },
    { provide: Quarantine, useValue: new CassandraQuarantine(session) },
  ];
}

export function portsOnRedis(redis: RedisClient): Provider[] {
  return [
    { provide: GatewayLeases, useValue: new RedisGatewayLeases(redis) },
    { provide: SessionRegistry, useValue: new RedisSessionRegistry(redis) },
    { provide: PresenceMarks, useValue: new RedisPresenceMarks(redis) },
    { provide: RememberedDevices, useValue: new RedisRememberedDevices(redis) },
    { provide: RateLimits, useValue: new PerProcessWhileAway(new RedisRateLimits(redis), new InMemoryRateLimits()) },
    { provide: Signals, useValue: new RedisSignals(redis) },
  ];
}
