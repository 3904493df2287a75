import { parseEnv } from 'node:util';
import { ApiConfig, loadConfig } from '@parley/config';
import { AccessTokens, StaticSigningKeys } from '@parley/tokens';
import { describe, expect, it } from 'vitest';
import { freshSecrets } from './fresh-secrets.js';
import { keyRotation } from './rotate-key.js';

const ADDRESSES = {
  KAFKA_BROKERS: 'kafka:9092',
  CASSANDRA_CONTACT_POINTS: 'cassandra:9042',
  REDIS_URL: 'redis://redis:6379',
  POSTGRES_URL: 'postgres://parley@postgres:5432/parley',
};

/** The tokens of a process with this environment. */
async function tokensOf(env: Record<string, string | undefined>): Promise<AccessTokens> {
  const config = loadConfig(ApiConfig, { ...ADDRESSES, ...env });
  const keys = await StaticSigningKeys.of(config.TOKEN_SIGNING_KEY, config.TOKEN_ACCEPTED_KEYS);
  return new AccessTokens(keys, { issuer: 'parley', audience: 'parley', ttlSeconds: 900 });
}

describe('npm run secrets -- rotate', () => {
  it('changes the key without a moment in which a token is refused, and forgets the old one at the end', async () => {
    const present = freshSecrets().join('\n');
    const steps = keyRotation(present)
      .join('\n')
      .split(/^# \d.*$/m)
      .slice(1);
    const env = parseEnv(present);
    const phases = [await tokensOf(env)];
    for (const step of steps) phases.push(await tokensOf(Object.assign(env, parseEnv(step))));

    const takes = async (verifier: AccessTokens, issuer: AccessTokens) =>
      (await verifier.verify(await issuer.issue('42', 'f'))).ok;
    // While one step reaches the processes one after the other, two phases are at work at once.
    for (const [earlier, later] of [phases.slice(0, 2), phases.slice(1, 3), phases.slice(2)]) {
      expect([await takes(earlier, later), await takes(later, earlier)]).toEqual([true, true]);
    }
    expect(await takes(phases[2], phases[0])).toBe(true);
    expect(await takes(phases[3], phases[0])).toBe(false);
  });

  it('tells what is missing without showing a key', () => {
    expect(() => keyRotation('LINK_SECRET=x')).toThrow('The file sets no TOKEN_SIGNING_KEY');
    expect(() => keyRotation('TOKEN_SIGNING_KEY=c2VjcmV0')).toThrow(/^A key of access tokens is not an Ed25519 key/);
  });
});
