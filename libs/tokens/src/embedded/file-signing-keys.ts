import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type CryptoKey, type JWK } from 'jose';
import { SigningKeys, type SigningKey } from '../signing-keys.js';
import { readOrCreatePrivateFile } from './private-file.js';

/**
 * One signing key in one file (a private JWK, mode 600), made on first start and kept, so that tokens outlive a restart.
 * Without the file every access token ends; refresh tokens go on.
 */
export class FileSigningKeys extends SigningKeys {
  private constructor(
    private readonly key: SigningKey,
    private readonly publicKey: CryptoKey,
  ) {
    super();
  }

  /** Reads the key file, or makes it. Rejects, naming the file, when what stands there is no key of ours. */
  static async open(path: string): Promise<FileSigningKeys> {
    const contents = await readOrCreatePrivateFile(path, createPrivateJwk);
    try {
      const { kty, crv, x, d } = JSON.parse(contents) as JWK;
      const publicJwk: JWK = { kty, crv, x };
      return new FileSigningKeys(
        // The thumbprint (RFC 7638) names the key without a second thing to keep.
        { kid: await calculateJwkThumbprint(publicJwk), privateKey: await importKey({ ...publicJwk, d }) },
        await importKey(publicJwk),
      );
    } catch (error) {
      throw new Error(`${path} is not a signing key; restore it, or remove it to start with a new one`, {
        cause: error,
      });
    }
  }

  current(): SigningKey {
    return this.key;
  }

  find(kid: string): Promise<CryptoKey | null> {
    return Promise.resolve(kid === this.key.kid ? this.publicKey : null);
  }
}

async function createPrivateJwk(): Promise<string> {
  const { privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  return `${JSON.stringify(await exportJWK(privateKey))}\n`;
}

async function importKey(jwk: JWK): Promise<CryptoKey> {
  const key = await importJWK(jwk, 'EdDSA');
  if (key instanceof Uint8Array) throw new TypeError('Not an Ed25519 key');
  return key;
}
