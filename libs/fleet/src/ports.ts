import type { Provider } from '@nestjs/common';
import { KafkaMessageLog, MessageLog } from '@parley/message-log';
import {
  CassandraConversationStore,
  CassandraCursorStore,
  CassandraInboxStore,
  CassandraSession,
  ConversationStore,
  CursorStore,
  InboxStore,
} from '@parley/message-store';
import { InMemoryRateLimits, PerProcessWhileAway, RateLimits, RedisRateLimits } from '@parley/rate-limits';
import { RedisClient } from '@parley/redis-connection';
import {
  GatewayLeases,
  RedisGatewayLeases,
  RedisRememberedDevices,
  RedisSessionRegistry,
  RememberedDevices,
  SessionRegistry,
} from '@parley/sessions';
import { RedisSignals, Signals } from '@parley/signals';

/** The ports on each engine, as Nest providers. */

export function portsOnKafka(log: KafkaMessageLog): Provider[] {
  return [{ provide: MessageLog, useValue: log }];
}

export function portsOnCassandra(session: CassandraSession): Provider[] {
  return [
    { provide: ConversationStore, useValue: new CassandraConversationStore(session) },
    { provide: InboxStore, useValue: new CassandraInboxStore(session) },
    { provide: CursorStore, useValue: new CassandraCursorStore(session) },
  ];
}

export function portsOnRedis(redis: RedisClient): Provider[] {
  return [
    { provide: GatewayLeases, useValue: new RedisGatewayLeases(redis) },
    { provide: SessionRegistry, useValue: new RedisSessionRegistry(redis) },
    { provide: RememberedDevices, useValue: new RedisRememberedDevices(redis) },
    { provide: RateLimits, useValue: new PerProcessWhileAway(new RedisRateLimits(redis), new InMemoryRateLimits()) },
    { provide: Signals, useValue: new RedisSignals(redis) },
  ];
}
