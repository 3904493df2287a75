import { generateKeyPair, type CryptoKey } from 'jose';
import { SigningKeys, type SigningKey } from '../signing-keys.js';

/** Keys in memory: `rotate` makes another one current and keeps the old ones findable. */
export class EphemeralSigningKeys extends SigningKeys {
  private readonly publicKeys = new Map<string, CryptoKey>();
  private key: SigningKey;

  static async create(): Promise<EphemeralSigningKeys> {
    const keys = new EphemeralSigningKeys();
    await keys.rotate();
    return keys;
  }

  async rotate(): Promise<void> {
    const { privateKey, publicKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519' });
    this.key = { kid: `key-${this.publicKeys.size + 1}`, privateKey };
    this.publicKeys.set(this.key.kid, publicKey);
  }

  current(): SigningKey {
    return this.key;
  }

  find(kid: string): Promise<CryptoKey | null> {
    return Promise.resolve(this.publicKeys.get(kid) ?? null);
  }
}
