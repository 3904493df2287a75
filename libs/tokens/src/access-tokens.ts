import { errors, jwtVerify, SignJWT, type JWTHeaderParameters, type JWTPayload } from 'jose';
import { ID, rejected, type Rejection } from '@parley/contracts';
import type { SigningKeys } from './signing-keys.js';

const ALGORITHM = 'EdDSA';
const TYPE = 'at+jwt';
const MAX_BYTES = 8_192;
const FAMILY = /^[A-Za-z0-9_-]{1,64}$/;
/** Headers through which a token would bring its own key or point to one (RFC 8725, 3.10); `crit` is refused by jose. */
const KEY_HEADERS = ['jku', 'jwk', 'x5u', 'x5c'] as const;

export interface AccessTokenOptions {
  issuer: string;
  audience: string;
  /** Lifetime of a new token in seconds. */
  ttlSeconds: number;
}

/** Who a valid token speaks for. */
export interface VerifiedToken {
  ok: true;
  userId: string;
  /** The login with its refreshes that the token belongs to; it may have been revoked since. */
  family: string;
  /** Milliseconds since 1970. */
  expiresAt: number;
}

/**
 * Access tokens: JWTs signed with Ed25519, checked as RFC 8725 asks. The algorithm and the key are ours and never the
 * token's choice: one algorithm, keys by `kid` from `SigningKeys` alone, an explicit `typ` (RFC 9068), and issuer,
 * audience, expiry, subject and family all required.
 */
export class AccessTokens {
  constructor(
    private readonly keys: SigningKeys,
    private readonly options: AccessTokenOptions,
    /** Milliseconds since 1970. */
    private readonly now: () => number = Date.now,
  ) {}

  /** Lifetime of a new token in seconds. */
  get ttlSeconds(): number {
    return this.options.ttlSeconds;
  }

  async issue(userId: string, family: string): Promise<string> {
    const { kid, privateKey } = this.keys.current();
    const issuedAt = Math.floor(this.now() / 1_000);
    return new SignJWT({ sid: family })
      .setProtectedHeader({ alg: ALGORITHM, typ: TYPE, kid })
      .setSubject(userId)
      .setIssuer(this.options.issuer)
      .setAudience(this.options.audience)
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + this.options.ttlSeconds)
      .sign(privateKey);
  }

  /**
   * Takes any value a client may have sent. `token_expired` for a token that was valid once, `unauthorized` for
   * everything else; the answer never says what was wrong with it.
   */
  async verify(token: unknown): Promise<VerifiedToken | Rejection> {
    if (typeof token !== 'string' || token.length === 0 || token.length > MAX_BYTES) return rejected('unauthorized');
    try {
      const { payload } = await jwtVerify(token, (header) => this.keyOf(header), {
        algorithms: [ALGORITHM],
        typ: TYPE,
        issuer: this.options.issuer,
        audience: this.options.audience,
        requiredClaims: ['sub', 'iat', 'exp', 'sid'],
        currentDate: new Date(this.now()),
      });
      return readClaims(payload);
    } catch (error) {
      if (error instanceof errors.JWTExpired) return rejected('token_expired');
      if (error instanceof errors.JOSEError) return rejected('unauthorized');
      throw error;
    }
  }

  private async keyOf(header: JWTHeaderParameters) {
    if (typeof header.kid !== 'string' || KEY_HEADERS.some((name) => name in header))
      throw new errors.JWKSNoMatchingKey();
    const key = await this.keys.find(header.kid);
    if (!key) throw new errors.JWKSNoMatchingKey();
    return key;
  }
}

function readClaims({ sub, sid, exp }: JWTPayload): VerifiedToken | Rejection {
  if (typeof sub !== 'string' || !ID.test(sub)) return rejected('unauthorized');
  if (typeof sid !== 'string' || !FAMILY.test(sid)) return rejected('unauthorized');
  if (typeof exp !== 'number' || !Number.isSafeInteger(exp)) return rejected('unauthorized');
  return { ok: true, userId: sub, family: sid, expiresAt: exp * 1_000 };
}

/** Access tokens as the configuration has them. */
export function accessTokensOf(
  keys: SigningKeys,
  config: { readonly TOKEN_ISSUER: string; readonly TOKEN_AUDIENCE: string; readonly ACCESS_TOKEN_TTL_S: number },
): AccessTokens {
  const { TOKEN_ISSUER: issuer, TOKEN_AUDIENCE: audience, ACCESS_TOKEN_TTL_S: ttlSeconds } = config;
  return new AccessTokens(keys, { issuer, audience, ttlSeconds });
}
