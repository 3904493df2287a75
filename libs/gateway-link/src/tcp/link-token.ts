import { createHmac } from 'node:crypto';

/** An HMAC-SHA256. */
export const TOKEN_BYTES = 32;

/**
 * What a router shows the process at `address` before anything else. It is bound to that address: a stranger that the router
 * was led to learns a token that opens nothing but the stranger.
 */
export function linkToken(secret: string, address: string): Buffer {
  return createHmac('sha256', secret).update(`parley-link:${address}`).digest();
}
