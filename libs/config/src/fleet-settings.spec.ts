import { createPrivateKey, createPublicKey } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ApiConfig, GatewayConfig, RouterWorkerConfig } from './app-configs.js';
import { DEVELOPMENT_SECRETS } from './development-values.js';
import { loadConfig } from './load-config.js';
import { linkAddressOf } from './settings/link-settings.js';

const OWN = {
  LINK_SECRET: 'k3Jx0v7mQ2tYb9LwZr5uNc8sHdGa1eFo',
  CURSOR_SECRET: 'w8Vn4qTz1pRk6yXb3mJd0sLg7hCf2uEa',
  TOKEN_SIGNING_KEY: 'MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC',
  POSTGRES_URL: 'postgres://parley:9f2c7b@postgres:5432/parley',
};
const FLEET = {
  ...OWN,
  KAFKA_BROKERS: 'kafka-1:9092',
  CASSANDRA_CONTACT_POINTS: 'cassandra-1:9042',
  REDIS_URL: 'redis://redis:6379',
};
const CERTIFICATE = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';

let folder: string;
let pemFile: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'parley-config-'));
  pemFile = join(folder, 'ca.pem');
  writeFileSync(pemFile, CERTIFICATE);
});

afterEach(() => rmSync(folder, { recursive: true }));

const load = (env: Record<string, string>) => loadConfig(ApiConfig, { ...FLEET, ...env });

describe('the settings of a fleet', () => {
  it('have defaults for everything but addresses and secrets', () => {
    const config = loadConfig(ApiConfig, FLEET);
    expect(config).toMatchObject({
      KAFKA_TOPIC_PARTITIONS: 12,
      KAFKA_REPLICATION: 3,
      KAFKA_TLS: false,
      CASSANDRA_LOCAL_DC: 'datacenter1',
      CASSANDRA_KEYSPACE: 'parley',
      POSTGRES_POOL_SIZE: 10,
      POSTGRES_TLS: 'off',
      LINK_PORT: 7400,
      OPS_PORT: 9464,
      OPS_HOST: '127.0.0.1',
      TRUST_PROXY: 0,
    });
    expect(config.KAFKA_SASL_MECHANISM).toBeUndefined();
  });

  it.each(Object.keys(FLEET))('are refused without %s', (name) => {
    expect(() => load({ [name]: '' })).toThrow(`${name} is not set`);
  });

  it('hold what a PEM file holds, and name the variable and the path of one that cannot be read', () => {
    expect(load({ KAFKA_TLS: 'true', KAFKA_TLS_CA: pemFile }).KAFKA_TLS_CA).toBe(CERTIFICATE);
    const absent = join(folder, 'absent.pem');
    const fault = `KAFKA_TLS_CA must be the path of a PEM file: ${absent} cannot be read (ENOENT)`;
    expect(() => load({ KAFKA_TLS: 'true', KAFKA_TLS_CA: absent })).toThrow(fault);
    writeFileSync(absent, 'no certificate');
    expect(() => load({ KAFKA_TLS: 'true', KAFKA_TLS_CA: absent })).toThrow(`${absent} holds none`);
  });

  it.each([
    ['KAFKA_TLS_CA', 'KAFKA_TLS is true', { KAFKA_TLS: 'true' }],
    ['CASSANDRA_TLS_CA', 'CASSANDRA_TLS is true', { CASSANDRA_TLS: 'true' }],
    ['REDIS_TLS_CA', 'REDIS_URL begins with rediss:', { REDIS_URL: 'rediss://redis:6379' }],
    ['POSTGRES_TLS_CA', 'POSTGRES_TLS is verify', { POSTGRES_TLS: 'verify' }],
  ])('refuse a %s that would not be used', (name, condition, used) => {
    expect(() => load({ [name]: pemFile })).toThrow(`${name} is set, but it is used only where ${condition}`);
    expect(load({ ...used, [name]: pemFile })).toMatchObject({ [name]: CERTIFICATE });
  });

  it('refuse half a login', () => {
    expect(() => load({ KAFKA_USERNAME: 'parley' })).toThrow(
      'KAFKA_SASL_MECHANISM, KAFKA_USERNAME, KAFKA_PASSWORD belong together',
    );
    expect(() => load({ CASSANDRA_PASSWORD: 'x' })).toThrow('CASSANDRA_USERNAME, CASSANDRA_PASSWORD belong together');
    expect(() => load({ LINK_TLS_CA: pemFile })).toThrow('LINK_TLS_CERT, LINK_TLS_KEY, LINK_TLS_CA belong together');
  });

  it.each([
    ['LINK_SECRET', 'too-short', 'must be at least 32 characters'],
    ['CURSOR_SECRET', 'too-short', 'must be at least 32 characters'],
    ['TOKEN_SIGNING_KEY', 'MC4CAQAw', 'must be an Ed25519 private key'],
    ['TOKEN_ACCEPTED_KEYS', OWN.TOKEN_SIGNING_KEY, 'must be Ed25519 public keys'],
    ['KAFKA_TLS', 'yes', 'must be true or false'],
    ['KAFKA_SASL_MECHANISM', 'gssapi', 'must be one of plain, scram-sha-256, scram-sha-512'],
    ['CASSANDRA_KEYSPACE', 'Parley; DROP', 'must be at most 48 lower-case letters'],
    ['POSTGRES_TLS', 'prefer', 'must be one of off, require, verify'],
    ['LINK_ADDRESS', 'gateway', 'must be an address host:port'],
  ])('refuse a %s of the wrong shape without showing it', (name, value, fault) => {
    expect(() => load({ [name]: value })).toThrow(`${name} ${fault}`);
    expect(() => load({ [name]: value })).not.toThrow(value);
  });

  it('let nobody but this machine read health and metrics without a token', () => {
    expect(() => load({ OPS_HOST: '0.0.0.0' })).toThrow('OPS_TOKEN is needed');
    for (const OPS_HOST of ['127.0.0.1', 'localhost', '::1']) expect(load({ OPS_HOST }).OPS_HOST).toBe(OPS_HOST);
    const token = { OPS_TOKEN: 'q7Zt0bNw5xVc2mKj9rLp4sYd8gHf1aUe' };
    expect(load({ OPS_HOST: '0.0.0.0', ...token })).toMatchObject(token);
  });

  it('know where others reach a process that was not told: host name and link port', () => {
    expect(linkAddressOf(load({ LINK_PORT: '7411' }))).toBe(`${hostname()}:7411`);
    expect(linkAddressOf(load({ LINK_ADDRESS: 'gateway-1:7400' }))).toBe('gateway-1:7400');
  });
});

describe('production', () => {
  const inProduction = (env: Record<string, string>) => load({ NODE_ENV: 'production', ...env });

  it('starts with secrets of its own', () => {
    expect(inProduction({})).toMatchObject(OWN);
  });

  it('refuses every secret that stands in the repository, each by name', () => {
    for (const [name, secret] of Object.entries(DEVELOPMENT_SECRETS)) {
      expect(load({ [name]: secret })).toMatchObject({ [name]: secret });
      expect(() => inProduction({ [name]: secret })).toThrow(`${name} holds a secret that everybody knows`);
    }
    expect(() => inProduction(DEVELOPMENT_SECRETS)).toThrow(/LINK_SECRET[^]+TOKEN_SIGNING_KEY[^]+CURSOR_SECRET/);
  });

  it('takes no tokens that the signing key in the repository has signed', () => {
    const der = Buffer.from(DEVELOPMENT_SECRETS.TOKEN_SIGNING_KEY, 'base64');
    const publicKey = createPublicKey(createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }));
    const known = publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
    const own = 'MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=';
    expect(inProduction({ TOKEN_ACCEPTED_KEYS: own })).toMatchObject({ TOKEN_ACCEPTED_KEYS: [own] });
    expect(() => inProduction({ TOKEN_ACCEPTED_KEYS: `${own},${known}` })).toThrow(
      'TOKEN_ACCEPTED_KEYS holds a secret',
    );
  });

  it('refuses the passwords that engines and examples come with', () => {
    const login = { KAFKA_SASL_MECHANISM: 'plain', KAFKA_USERNAME: 'parley', KAFKA_PASSWORD: 'secret' };
    expect(() => inProduction(login)).toThrow('KAFKA_PASSWORD holds a secret');
    const cassandra = { CASSANDRA_USERNAME: 'cassandra', CASSANDRA_PASSWORD: 'cassandra' };
    expect(() => inProduction(cassandra)).toThrow('CASSANDRA_PASSWORD holds a secret');
    expect(() => inProduction({ POSTGRES_URL: 'postgres://parley:parley@db:5432/parley' })).toThrow(
      'POSTGRES_URL holds a secret',
    );
    expect(() => inProduction({ REDIS_URL: 'redis://:changeme@redis:6379' })).toThrow('REDIS_URL holds a secret');
  });

  it('needs the same addresses and secrets in every app', () => {
    for (const config of [GatewayConfig, RouterWorkerConfig, ApiConfig]) {
      expect(() => loadConfig(config, { NODE_ENV: 'production' })).toThrow(/KAFKA_BROKERS is not set[^]+LINK_SECRET/);
    }
  });
});
