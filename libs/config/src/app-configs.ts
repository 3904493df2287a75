import { configOf } from './config-of.js';
import { AccountSettings } from './settings/account-settings.js';
import { CassandraSettings } from './settings/cassandra-settings.js';
import { CursorSettings } from './settings/cursor-settings.js';
import { DataSettings } from './settings/data-settings.js';
import { DeviceSettings } from './settings/device-settings.js';
import { HttpSettings } from './settings/http-settings.js';
import { KafkaSettings } from './settings/kafka-settings.js';
import { LinkServerSettings, LinkSettings } from './settings/link-settings.js';
import { OpsSettings } from './settings/ops-settings.js';
import { PostgresSettings } from './settings/postgres-settings.js';
import { PresenceSettings } from './settings/presence-settings.js';
import { ProcessSettings } from './settings/process-settings.js';
import { ProxySettings } from './settings/proxy-settings.js';
import { RedisSettings } from './settings/redis-settings.js';
import { SendingSettings } from './settings/sending-settings.js';
import { SessionSettings } from './settings/session-settings.js';
import { TokenKeySettings } from './settings/token-key-settings.js';
import { TokenSettings } from './settings/token-settings.js';
import { TracingSettings } from './settings/tracing-settings.js';

/** Everything in one process with embedded engines: every variable has a default. */
export class StandaloneConfig extends configOf(
  HttpSettings,
  DataSettings,
  TokenSettings,
  ProxySettings,
  AccountSettings,
  SendingSettings,
  DeviceSettings,
  SessionSettings,
  PresenceSettings,
  ProcessSettings,
  OpsSettings,
  TracingSettings,
) {}

export class GatewayConfig extends configOf(
  HttpSettings,
  TokenSettings,
  SendingSettings,
  DeviceSettings,
  SessionSettings,
  PresenceSettings,
  ProcessSettings,
  OpsSettings,
  TracingSettings,
  KafkaSettings,
  CassandraSettings,
  RedisSettings,
  PostgresSettings,
  LinkSettings,
  LinkServerSettings,
  TokenKeySettings,
) {}

export class RouterWorkerConfig extends configOf(
  ProcessSettings,
  OpsSettings,
  TracingSettings,
  KafkaSettings,
  CassandraSettings,
  RedisSettings,
  LinkSettings,
) {}

export class ApiConfig extends configOf(
  HttpSettings,
  TokenSettings,
  ProxySettings,
  AccountSettings,
  SendingSettings,
  PresenceSettings,
  DeviceSettings,
  ProcessSettings,
  OpsSettings,
  TracingSettings,
  KafkaSettings,
  CassandraSettings,
  RedisSettings,
  PostgresSettings,
  LinkSettings,
  LinkServerSettings,
  TokenKeySettings,
  CursorSettings,
) {}
