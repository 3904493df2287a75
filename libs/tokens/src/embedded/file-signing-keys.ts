import { access, rename, writeFile } from 'node:fs/promises';
import { exportJWK, generateKeyPair, importJWK, type CryptoKey, type JWK } from 'jose';
import { PublicKeys, type PublishedKey } from '../public-keys.js';
import { SigningKeys, type SigningKey } from '../signing-keys.js';
import { readOrCreatePrivateFile } from './private-file.js';

/**
 * Keys in one file (mode 600), made on first start and kept, so that tokens outlive a restart: a line with the private JWK
 * that signs, and after a change a second one with the public half of the key before. Without the file every access token
 * ends; refresh tokens go on.
 */
export class FileSigningKeys extends SigningKeys {
  private constructor(
    private readonly key: SigningKey,
    private readonly publicKeys: PublicKeys,
  ) {
    super();
  }

  /** Reads the key file, or makes it. Rejects, naming the file, when what stands there is no key of ours. */
  static async open(path: string): Promise<FileSigningKeys> {
    const contents = await readOrCreatePrivateFile(path, createPrivateJwk);
    try {
      const jwks = contents.split('\n', 2).filter((line, index) => index === 0 || line !== '');
      const [{ kty, crv, x, d }, ...before] = jwks.map((line) => JSON.parse(line) as JWK);
      const publicKeys = await PublicKeys.of([{ crv, x }, ...before]);
      const privateKey = await importJWK({ kty, crv, x, d }, 'EdDSA');
      if (privateKey instanceof Uint8Array) throw new TypeError('Not an Ed25519 key');
      return new FileSigningKeys({ kid: publicKeys.published[0].kid, privateKey }, publicKeys);
    } catch (error) {
      throw new Error(`${path} is not a signing key; restore it, or remove it to start with a new one`, {
        cause: error,
      });
    }
  }

  /**
   * Puts a new key into the file, with the public half of the one that signed until now behind it; one that was behind
   * it already is forgotten. A running server goes on with what it has read. Rejects like `open`, and where there is no
   * such file; nothing is changed then.
   */
  static async rotate(path: string): Promise<void> {
    await access(path);
    const [{ kty, crv, x }] = (await FileSigningKeys.open(path)).published();
    const draft = `${path}.next`;
    await writeFile(draft, `${await createPrivateJwk()}${JSON.stringify({ kty, crv, x })}\n`, {
      mode: 0o600,
      flush: true,
    });
    await rename(draft, path);
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

async function createPrivateJwk(): Promise<string> {
  const { privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  return `${JSON.stringify(await exportJWK(privateKey))}\n`;
}
