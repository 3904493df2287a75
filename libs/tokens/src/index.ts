export { SigningKeys, type SigningKey } from './signing-keys.js';
export { AccessTokens, accessTokensOf, type AccessTokenOptions, type VerifiedToken } from './access-tokens.js';
export { createRefreshToken, digestRefreshToken } from './refresh-token.js';
export { KeySetController } from './key-set.controller.js';
export type { PublishedKey } from './public-keys.js';
export { createSigningKey, publicHalfOf, StaticSigningKeys } from './static-signing-keys.js';
export { FileSigningKeys } from './embedded/file-signing-keys.js';
export { openFileSecret } from './embedded/file-secret.js';
