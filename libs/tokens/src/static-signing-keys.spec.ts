import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { AccessTokens } from './access-tokens.js';
import { createSigningKey, StaticSigningKeys } from './static-signing-keys.js';

const options = { issuer: 'parley', audience: 'parley-api', ttlSeconds: 900 };

async function tokensOf(signing: string, accepted?: string[]): Promise<AccessTokens> {
  return new AccessTokens(await StaticSigningKeys.of(signing, accepted), options);
}

describe('StaticSigningKeys', () => {
  it('let every process with the same key take what another one signed', async () => {
    const { signing } = createSigningKey();
    const token = await (await tokensOf(signing)).issue('42', 'family-1');
    expect(await (await tokensOf(signing)).verify(token)).toMatchObject({ ok: true, userId: '42' });
    expect(await (await tokensOf(createSigningKey().signing)).verify(token)).toMatchObject({ code: 'unauthorized' });
  });

  it('let the key change without a moment in which a token is refused', async () => {
    const [old, next] = [createSigningKey(), createSigningKey()];
    const prepared = await tokensOf(old.signing, [next.accepted]);
    const changed = await tokensOf(next.signing, [old.accepted]);
    for (const one of [prepared, changed]) {
      for (const other of [prepared, changed]) {
        expect(await other.verify(await one.issue('42', 'f'))).toMatchObject({ ok: true });
      }
    }
    const after = await tokensOf(next.signing);
    expect(await after.verify(await prepared.issue('42', 'f'))).toMatchObject({ code: 'unauthorized' });
  });

  it('refuse what is no Ed25519 key, without showing it', async () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const foreign = privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64');
    for (const text of ['', 'c2VjcmV0', foreign]) {
      const refusal = StaticSigningKeys.of(text);
      await expect(refusal).rejects.toThrow(/^A key of access tokens is not an Ed25519 key in DER and base64$/);
    }
    const { signing } = createSigningKey();
    await expect(StaticSigningKeys.of(signing, [foreign])).rejects.toThrow('not an Ed25519 key');
  });
});
