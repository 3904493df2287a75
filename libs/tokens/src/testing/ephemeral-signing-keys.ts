import { exportJWK, generateKeyPair, type CryptoKey, type JWK } from 'jose';
import { PublicKeys, type PublishedKey } from '../public-keys.js';
import { SigningKeys, type SigningKey } from '../signing-keys.js';

/** Keys in memory: `rotate` makes another one current and keeps the old ones findable. */
export class EphemeralSigningKeys extends SigningKeys {
  private jwks: JWK[] = [];
  private publicKeys: PublicKeys;
  private key: SigningKey;

  static async create(): Promise<EphemeralSigningKeys> {
    const keys = new EphemeralSigningKeys();
    await keys.rotate();
    return keys;
  }

  async rotate(): Promise<void> {
    const { privateKey, publicKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519' });
    this.jwks = [await exportJWK(publicKey), ...this.jwks];
    this.publicKeys = await PublicKeys.of(this.jwks);
    this.key = { kid: this.publicKeys.published[0].kid, privateKey };
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
