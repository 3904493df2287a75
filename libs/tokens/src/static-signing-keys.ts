import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { calculateJwkThumbprint, importJWK, type CryptoKey } from 'jose';
import { SigningKeys, type SigningKey } from './signing-keys.js';

/**
 * Keys that are given, the same to every process of a fleet: what one process signs, the others take. A key is changed in
 * three steps, each reaching all processes before the next: its public half is accepted, it signs, the old public half is
 * accepted no longer.
 */
export class StaticSigningKeys extends SigningKeys {
  private constructor(
    private readonly key: SigningKey,
    private readonly publicKeys: ReadonlyMap<string, CryptoKey>,
  ) {
    super();
  }

  /**
   * `signing`: an Ed25519 private key, PKCS #8 DER in base64. `accepted`: further public keys, SPKI DER in base64. Rejects
   * when one of them is something else; the message holds none of them.
   */
  static async of(signing: string, accepted: readonly string[] = []): Promise<StaticSigningKeys> {
    const privateKey = readKey(() => createPrivateKey({ key: bytesOf(signing), format: 'der', type: 'pkcs8' }));
    const further = accepted.map((text) =>
      readKey(() => createPublicKey({ key: bytesOf(text), format: 'der', type: 'spki' })),
    );
    const publicKeys = await Promise.all([createPublicKey(privateKey), ...further].map(named));
    const [[kid]] = publicKeys;
    return new StaticSigningKeys({ kid, privateKey: await importKey(privateKey) }, new Map(publicKeys));
  }

  current(): SigningKey {
    return this.key;
  }

  find(kid: string): Promise<CryptoKey | null> {
    return Promise.resolve(this.publicKeys.get(kid) ?? null);
  }
}

/** A new pair as `StaticSigningKeys.of` takes them: the private half to sign with, the public half to accept. */
export function createSigningKey(): { signing: string; accepted: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return {
    signing: privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64'),
    accepted: publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
  };
}

function bytesOf(text: string): Buffer {
  return Buffer.from(text, 'base64');
}

function readKey(read: () => KeyObject): KeyObject {
  let key: KeyObject | null = null;
  try {
    key = read();
  } catch {
    // What Node says of bytes that are no key helps nobody; that it is none is said below.
  }
  if (key?.asymmetricKeyType !== 'ed25519')
    throw new Error('A key of access tokens is not an Ed25519 key in DER and base64');
  return key;
}

/** A public key under its thumbprint (RFC 7638), so that the name needs no configuration. */
async function named(key: KeyObject): Promise<[string, CryptoKey]> {
  return [await calculateJwkThumbprint(key.export({ format: 'jwk' })), await importKey(key)];
}

async function importKey(key: KeyObject): Promise<CryptoKey> {
  return (await importJWK(key.export({ format: 'jwk' }), 'EdDSA')) as CryptoKey;
}
