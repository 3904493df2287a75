export { SigningKeys, type SigningKey } from './signing-keys.js';
export { AccessTokens, type AccessTokenOptions, type VerifiedToken } from './access-tokens.js';
export { createRefreshToken, digestRefreshToken } from './refresh-token.js';
export { FileSigningKeys } from './embedded/file-signing-keys.js';
export { openFileSecret } from './embedded/file-secret.js';
