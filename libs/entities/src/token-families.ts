/** One use of a refresh token. */
export type Rotation =
  | { outcome: 'rotated'; userId: string; family: string }
  | { outcome: 'reused'; family: string }
  | { outcome: 'unknown' };

/**
 * Refresh tokens by family: one family a login, one live token in it. Only SHA-256 digests of tokens are stored.
 * Times are milliseconds since 1970.
 */
export abstract class TokenFamilies {
  /** `userId` is a user of the UserDirectory. False, and nothing is started, where the account is disabled. */
  abstract start(family: { family: string; userId: string; tokenDigest: string; expiresAt: number }): Promise<boolean>;

  /**
   * Exchanges a live token for the next one, atomically: of two concurrent uses exactly one rotates. A second use of a
   * token revokes its whole family and answers `reused`; an expired token, one of a revoked family that was not used
   * before, or one that never was answers `unknown`.
   */
  abstract rotate(use: { tokenDigest: string; nextDigest: string; expiresAt: number; now: number }): Promise<Rotation>;

  /** Revokes the family of this token; answers the family, or null where the token is unknown. Idempotent. */
  abstract revokeByToken(tokenDigest: string): Promise<string | null>;

  /** True for a revoked and for an unknown family. */
  abstract isRevoked(family: string): Promise<boolean>;

  /** Those of the given families that are revoked or unknown. */
  abstract revokedAmong(families: readonly string[]): Promise<Set<string>>;
}
