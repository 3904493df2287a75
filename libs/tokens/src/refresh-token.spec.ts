import { describe, expect, it } from 'vitest';
import { createRefreshToken, digestRefreshToken } from './refresh-token.js';

describe('refresh tokens', () => {
  it('are 256 random bits, each another, known by a digest that does not contain them', () => {
    const made = Array.from({ length: 100 }, createRefreshToken);
    expect(new Set(made.map(({ token }) => token)).size).toBe(100);
    for (const { token, digest } of made) {
      expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
      expect(digest).toBe(digestRefreshToken(token));
      expect(digest).not.toContain(token);
    }
  });
});
