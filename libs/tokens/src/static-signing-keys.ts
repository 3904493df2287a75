import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { importJWK, type CryptoKey } from 'jose';
import { PublicKeys, type PublishedKey } from './public-keys.js';
import { SigningKeys, type SigningKey } from './signing-keys.js';

/**
 * Keys that are given, the same to every process of a fleet: what one process signs, the others take. A key is changed in
 * three steps, each reaching all processes before the next: its public half is accepted, it signs, the old public half is
 * accepted no longer.
 */
export class StaticSigningKeys extends SigningKeys {
  private constructor(
    private readonly key: SigningKey,
    private readonly publicKeys: PublicKeys,
  ) {
    super();
  }

  /**
   * `signing`: an Ed25519 private key, PKCS #8 DER in base64. `accepted`: further public keys, SPKI DER in base64. Rejects
   * when one of them is something else; the message holds none of them.
   */
  static async of(signing: string, accepted: readonly string[] = []): Promise<StaticSigningKeys> {
    const privateKey = readPrivate(signing);
    const further = accepted.map((text) =>
      readKey(() => createPublicKey({ key: bytesOf(text), format: 'der', type: 'spki' })),
    );
    const halves = [createPublicKey(privateKey), ...further];
    const publicKeys = await PublicKeys.of(halves.map((key) => key.export({ format: 'jwk' })));
    const [{ kid }] = publicKeys.published;
    const signer = (await importJWK(privateKey.export({ format: 'jwk' }), 'EdDSA')) as CryptoKey;
    return new StaticSigningKeys({ kid, privateKey: signer }, publicKeys);
  }

  current(): SigningKey {
    return this.key;
  }

  find(kid: string): Promise<CryptoKey | null> {
    return this.publicKeys.find(kid);
  }

  published(): readonly PublishedKey[] {
    return this.publicKeys.published;
  }
}

/** A new pair as `StaticSigningKeys.of` takes them: the private half to sign with, the public half to accept. */
export function createSigningKey(): { signing: string; accepted: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const signing = privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64');
  return { signing, accepted: textOf(publicKey) };
}

/** The public half of a signing key, as `accepted` holds it. Throws where the text is none. */
export function publicHalfOf(signing: string): string {
  return textOf(createPublicKey(readPrivate(signing)));
}

function readPrivate(text: string): KeyObject {
  return readKey(() => createPrivateKey({ key: bytesOf(text), format: 'der', type: 'pkcs8' }));
}

function bytesOf(text: string): Buffer {
  return Buffer.from(text, 'base64');
}

function textOf(publicKey: KeyObject): string {
  return publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
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
