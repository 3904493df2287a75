import { parseEnv } from 'node:util';
import { ApiConfig, loadConfig } from '@parley/config';
import { StaticSigningKeys } from '@parley/tokens';
import { describe, expect, it } from 'vitest';
import { freshSecrets } from './fresh-secrets.js';

const ADDRESSES = {
  NODE_ENV: 'production',
  KAFKA_BROKERS: 'kafka:9092',
  CASSANDRA_CONTACT_POINTS: 'cassandra:9042',
  REDIS_URL: 'redis://redis:6379',
  POSTGRES_URL: 'postgres://parley@postgres:5432/parley',
};

describe('npm run secrets', () => {
  it('prints everything that production asks for beside addresses, as a .env file holds it', async () => {
    const config = loadConfig(ApiConfig, { ...ADDRESSES, ...parseEnv(freshSecrets().join('\n')) });
    await expect(StaticSigningKeys.of(config.TOKEN_SIGNING_KEY)).resolves.toBeDefined();
  });

  it('prints other ones each time', () => {
    const [one, other] = [freshSecrets(), freshSecrets()];
    expect(one.filter((line) => !line.startsWith('# The') && other.includes(line))).toEqual([]);
  });

  it('prints the public half that other processes accept the key by', async () => {
    const lines = freshSecrets();
    const accepted = lines.at(-1)?.slice(2) ?? '';
    const signing = (text: string) => parseEnv(text).TOKEN_SIGNING_KEY ?? '';
    const { kid } = (await StaticSigningKeys.of(signing(lines.join('\n')))).current();
    const other = await StaticSigningKeys.of(signing(freshSecrets().join('\n')), [accepted]);
    expect(await other.find(kid)).not.toBeNull();
  });
});
