import { createHash, randomBytes } from 'node:crypto';

/**
 * A new refresh token, 256 random bits in base64url, and its digest. Only the digest is ever stored: who reads the
 * database learns no token, and so many random bits need no slow hash.
 */
export function createRefreshToken(): { token: string; digest: string } {
  const token = randomBytes(32).toString('base64url');
  return { token, digest: digestRefreshToken(token) };
}

/** SHA-256 of a refresh token, base64url: how the token is known to the store. */
export function digestRefreshToken(token: string): string {
  return createHash('sha256').update(token, 'utf8').digest('base64url');
}
