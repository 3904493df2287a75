import type { CryptoKey } from 'jose';
import type { PublishedKey } from './public-keys.js';

/** A private key and the name under which verifiers find its public half. */
export interface SigningKey {
  kid: string;
  privateKey: CryptoKey;
}

/**
 * The Ed25519 keys of access tokens. Tokens are signed with the current key; a key that was current stays findable until
 * the last token it signed has expired, so that keys can be changed without ending sessions.
 */
export abstract class SigningKeys {
  /** The key for new tokens. */
  abstract current(): SigningKey;

  /** The public key of this name, or null: then no token that names it is valid. Called once per verified token. */
  abstract find(kid: string): Promise<CryptoKey | null>;

  /** Every key that `find` knows, the current one first: for others who check tokens. */
  abstract published(): readonly PublishedKey[];
}
