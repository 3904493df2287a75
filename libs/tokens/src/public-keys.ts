import { calculateJwkThumbprint, importJWK, type CryptoKey } from 'jose';

/** The public half of an Ed25519 key as JWK Sets carry it (RFC 7517, RFC 8037). */
export interface PublishedKey {
  kty: 'OKP';
  crv: 'Ed25519';
  x: string;
  /** The thumbprint (RFC 7638): a name that needs no configuration. */
  kid: string;
  alg: 'EdDSA';
  use: 'sig';
}

/** What is known of keys that tokens may be signed with: nothing private. */
export class PublicKeys {
  private constructor(
    private readonly keys: ReadonlyMap<string, CryptoKey>,
    readonly published: readonly PublishedKey[],
  ) {}

  /** Of JWKs that may hold more than the public half. Rejects when one of them is no Ed25519 key. */
  static async of(jwks: readonly { crv?: string; x?: string }[]): Promise<PublicKeys> {
    const published = await Promise.all(jwks.map(publish));
    const imported = await Promise.all(published.map(importPublic));
    return new PublicKeys(new Map(published.map(({ kid }, index) => [kid, imported[index]])), published);
  }

  find(kid: string): Promise<CryptoKey | null> {
    return Promise.resolve(this.keys.get(kid) ?? null);
  }
}

async function importPublic(jwk: PublishedKey): Promise<CryptoKey> {
  const key = await importJWK(jwk, jwk.alg);
  if (key instanceof Uint8Array) throw new TypeError('Not an Ed25519 key');
  return key;
}

async function publish({ crv, x }: { crv?: string; x?: string }): Promise<PublishedKey> {
  if (crv !== 'Ed25519' || x === undefined) throw new TypeError('Not an Ed25519 key');
  const key = { kty: 'OKP', crv, x } as const;
  return { ...key, kid: await calculateJwkThumbprint(key), alg: 'EdDSA', use: 'sig' };
}
