import { configOf } from './config-of.js';
import { AccountSettings } from './settings/account-settings.js';
import { DataSettings } from './settings/data-settings.js';
import { CassandraSettings, KafkaSettings, PostgresSettings, RedisSettings } from './settings/engine-settings.js';
import { HttpSettings } from './settings/http-settings.js';
import { ProcessSettings } from './settings/process-settings.js';
import { SendingSettings } from './settings/sending-settings.js';
import { SessionSettings } from './settings/session-settings.js';
import { TokenSettings } from './settings/token-settings.js';

/** Everything in one process with embedded engines: every variable has a default. */
export class StandaloneConfig extends configOf(
  HttpSettings,
  DataSettings,
  TokenSettings,
  AccountSettings,
  SendingSettings,
  SessionSettings,
  ProcessSettings,
) {}

export class GatewayConfig extends configOf(
  HttpSettings,
  TokenSettings,
  SendingSettings,
  SessionSettings,
  ProcessSettings,
  KafkaSettings,
  CassandraSettings,
  RedisSettings,
  PostgresSettings,
) {}

export class RouterWorkerConfig extends configOf(ProcessSettings, KafkaSettings, CassandraSettings, RedisSettings) {}

export class ApiConfig extends configOf(
  HttpSettings,
  TokenSettings,
  AccountSettings,
  SendingSettings,
  ProcessSettings,
  KafkaSettings,
  CassandraSettings,
  RedisSettings,
  PostgresSettings,
) {}
