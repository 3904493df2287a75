import { describe, expect, it } from 'vitest';
import { GatewayConfig, RouterWorkerConfig, StandaloneConfig } from './app-configs.js';
import { ConfigError, loadConfig } from './load-config.js';

const FLEET = {
  LINK_SECRET: 'k3Jx0v7mQ2tYb9LwZr5uNc8sHdGa1eFo',
  TOKEN_SIGNING_KEY: 'MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC',
  KAFKA_BROKERS: 'kafka-1:9092, kafka-2:9092',
  CASSANDRA_CONTACT_POINTS: 'cassandra-1:9042',
  REDIS_URL: 'redis://redis:6379',
  POSTGRES_URL: 'postgres://parley:a-secret@postgres:5432/parley',
};

describe('loadConfig', () => {
  it('gives the defaults where nothing is set', () => {
    expect(loadConfig(StandaloneConfig, {})).toMatchObject({
      PORT: 3000,
      DATA_DIR: './data',
      ACCESS_TOKEN_TTL_S: 900,
      REFRESH_TOKEN_TTL_S: 2_592_000,
      LOGIN_LIMIT_PER_ACCOUNT_PER_MIN: 20,
      SENDS_PER_SECOND: 20,
      SEND_BURST: 40,
      CONVERSATION_SENDS_PER_SECOND: 60,
      WINDOW_ENTRIES: 200,
      WINDOW_BYTES: 131_072,
      ACK_TIMEOUT_MS: 10_000,
      PRESENCE_GRACE_MS: 10_000,
      DEVICES_PER_USER: 10,
      LOG_LEVEL: 'info',
    });
  });

  it('takes what is set, as values of their types', () => {
    const config = loadConfig(StandaloneConfig, {
      PORT: '8080',
      DATA_DIR: '/srv/parley',
      LOG_LEVEL: 'warn',
    });
    expect(config).toMatchObject({ PORT: 8080, DATA_DIR: '/srv/parley', LOG_LEVEL: 'warn' });
  });

  it('takes an empty variable as one that is not set', () => {
    expect(loadConfig(StandaloneConfig, { PORT: '', DATA_DIR: ' ' })).toMatchObject({
      PORT: 3000,
      DATA_DIR: './data',
    });
  });

  it('splits lists of addresses', () => {
    expect(loadConfig(GatewayConfig, FLEET).KAFKA_BROKERS).toEqual(['kafka-1:9092', 'kafka-2:9092']);
  });

  it.each(['12abc', '3000.5', '1e3', '0x10', '-1', '65536', 'NaN'])('refuses %j as a port', (text) => {
    expect(() => loadConfig(StandaloneConfig, { PORT: text })).toThrow(/PORT must be an integer from 0 to 65535/);
  });

  it('names all faults in one message', () => {
    const load = () => loadConfig(StandaloneConfig, { PORT: 'http', LOG_LEVEL: 'loud', SEND_BURST: '0' });
    expect(load).toThrow(ConfigError);
    expect(load).toThrow(/PORT must be/);
    expect(load).toThrow(/LOG_LEVEL must be one of fatal, error/);
    expect(load).toThrow(/SEND_BURST must be/);
  });

  it('says which engines and secrets are not configured, and that npm start needs none', () => {
    const message = messageOf(() => loadConfig(RouterWorkerConfig, { REDIS_URL: FLEET.REDIS_URL }));
    expect(message.split('\n')).toEqual([
      'The environment does not configure this app:',
      expect.stringMatching(/^ {2}KAFKA_BROKERS is not set: Kafka/),
      expect.stringMatching(/^ {2}CASSANDRA_CONTACT_POINTS is not set: Cassandra/),
      expect.stringMatching(/^ {2}LINK_SECRET is not set: .*`npm run secrets`/),
      expect.stringMatching(/`npm start`.*embedded engines/),
    ]);
  });

  it('never shows a value, which may be a secret', () => {
    const load = () => loadConfig(GatewayConfig, { ...FLEET, POSTGRES_URL: 'mysql://parley:a-secret@host/parley' });
    expect(load).toThrow(/POSTGRES_URL must be a URL postgres:/);
    expect(messageOf(load)).not.toContain('a-secret');
  });

  it('gives a value that nobody can change', () => {
    const config = loadConfig(StandaloneConfig, {});
    expect(() => Object.assign(config, { PORT: 1 })).toThrow(TypeError);
    expect(config).toBeInstanceOf(StandaloneConfig);
  });
});

function messageOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('it did not fail');
}
