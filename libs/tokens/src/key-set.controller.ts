import { Controller, Get, Header } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { PublishedKey } from './public-keys.js';
import { SigningKeys } from './signing-keys.js';

/** Shorter than any step of a change of keys. */
const MAX_AGE_S = 300;

/**
 * The public keys of access tokens (RFC 7517), at the root and without a token: what stands beside the chat checks its
 * tokens by them.
 */
@ApiExcludeController()
@Controller('.well-known/jwks.json')
export class KeySetController {
  constructor(private readonly keys: SigningKeys) {}

  @Get()
  @Header('Cache-Control', `public, max-age=${MAX_AGE_S}`)
  show(): { keys: readonly PublishedKey[] } {
    return { keys: this.keys.published() };
  }
}
