import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import {
  ApiConfig,
  ConfigError,
  DEVELOPMENT_SECRETS,
  GatewayConfig,
  loadConfig,
  RouterWorkerConfig,
} from '@parley/config';
import { engineAddresses } from '@parley/harness';
import { describe, expect, it } from 'vitest';
import { freshSecrets } from '../secrets/fresh-secrets.js';
import { environmentOf, interpolated, requiredIn, servicesOf } from './compose-file.js';

const textOf = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const FLEET = textOf('docker/compose.fleet.yaml');
const ENGINES = servicesOf(textOf('docker/engines.yaml'));

/** What stands in the `.env` of somebody who has done as docs/deploying.md says. */
const SECRETS = parseEnv([...freshSecrets(), 'POSTGRES_PASSWORD=0123456789abcdef'].join('\n'));

/** The names that `.env.example` lists for an app. */
function variablesOf(app: string): string[] {
  const sections = textOf('.env.example').split(/^## /m).slice(1);
  const ofApp = sections.filter((section) => section.split('\n')[0].split(', ').includes(app));
  return ofApp.flatMap((section) => Array.from(section.matchAll(/^(?:# )?([A-Z_]+)=/gm), ([, name]) => name));
}

describe('docker/compose.fleet.yaml', () => {
  const apps = [
    ['gateway', GatewayConfig],
    ['router-worker', RouterWorkerConfig],
    ['api', ApiConfig],
  ] as const;

  it.each(apps)('gives the %s everything that production asks for', (app, config) => {
    const env = environmentOf(interpolated(FLEET, SECRETS), app);
    expect(loadConfig(config, env)).toMatchObject({ NODE_ENV: 'production' });
  });

  it.each(apps)('gives the %s only variables that it reads', (app) => {
    const read = variablesOf(app);
    expect(read).not.toEqual([]);
    expect(Object.keys(environmentOf(FLEET, app)).filter((name) => !read.includes(name))).toEqual([]);
  });

  it('has a default for no secret', () => {
    expect(requiredIn(FLEET)).toEqual(Object.keys(SECRETS).sort());
  });

  it('is refused by the apps with secrets that everybody knows', () => {
    const env = environmentOf(interpolated(FLEET, { ...SECRETS, ...DEVELOPMENT_SECRETS }), 'api');
    expect(() => loadConfig(ApiConfig, env)).toThrow(ConfigError);
  });

  it('opens the front alone', () => {
    const open = Object.entries(servicesOf(FLEET)).filter(([, { ports }]) => ports !== undefined);
    expect(open.map(([name]) => name)).toEqual(['front']);
    expect(Object.values(ENGINES).filter(({ ports }) => ports !== undefined)).toEqual([]);
  });
});

describe('docker/compose.yaml', () => {
  const services = servicesOf(textOf('docker/compose.yaml'));

  it('needs no variable', () => {
    expect(requiredIn(textOf('docker/compose.yaml'))).toEqual([]);
  });

  it('has the engines where npm run engines:up has them, for this machine alone', () => {
    const { kafkaBrokers, cassandraContactPoints, redisUrl, postgresUrl } = engineAddresses({});
    const [kafka, cassandra] = [kafkaBrokers, cassandraContactPoints].map(([address]) => address.split(':')[1]);
    const [redis, postgres] = [redisUrl, postgresUrl].map((url) => new URL(url).port);
    const ports = Object.entries({ kafka, cassandra, redis, postgres }).map(([name, port]) => [name, port]);
    expect(Object.entries(services).map(([name, service]) => [name, service.ports])).toEqual(
      ports.map(([name, port]) => [name, [`127.0.0.1:${port}:${port}`]]),
    );
    expect(new URL(postgresUrl).password).toBe(services.postgres.environment?.POSTGRES_PASSWORD);
  });
});

describe('docker/engines.yaml', () => {
  it.each([
    ['kafka', 'kafka_2.13'],
    ['cassandra', 'cassandra-all'],
  ])('has the version of %s that the tests run against', (engine, artifact) => {
    const pom = textOf(`tools/engines/${engine}.pom.xml`);
    const version = new RegExp(`<artifactId>${artifact}</artifactId>\\s*<version>(.+)</version>`).exec(pom)?.[1];
    expect(ENGINES[engine].image?.split(':')[1]).toBe(version);
  });
});
