import { isDevelopmentSecret } from '../development-values.js';
import { ListVariable, TextVariable } from '../variable.js';

/** PKCS #8 of an Ed25519 key in DER (RFC 8410): 16 bytes that are always the same, then the 32 of the key. */
const PRIVATE_KEY = /^MC4CAQAwBQYDK2VwBCIEI[A-Za-z0-9+/]{43}$/;
/** SubjectPublicKeyInfo of an Ed25519 key in DER (RFC 8410): 12 such bytes, then the 32 of the key. */
const PUBLIC_KEY = /^MCowBQYDK2VwAyEA[A-Za-z0-9+/]{43}=$/;

/** The keys of access tokens, the same in every process of a fleet that issues or checks them. */
export class TokenKeySettings {
  @TextVariable({
    pattern: PRIVATE_KEY,
    shape: 'an Ed25519 private key, PKCS #8 DER in base64',
    isDevelopment: isDevelopmentSecret,
    about: 'Key that signs access tokens, Ed25519 PKCS #8 DER in base64: `npm run secrets` makes one.',
  })
  readonly TOKEN_SIGNING_KEY: string;

  @ListVariable({
    pattern: PUBLIC_KEY,
    shape: 'Ed25519 public keys, SPKI DER in base64',
    optional: true,
    isDevelopment: isDevelopmentSecret,
    about:
      'Further public keys whose tokens are taken, separated by commas: the next key before a change, the last one after it.',
  })
  readonly TOKEN_ACCEPTED_KEYS?: readonly string[];
}
