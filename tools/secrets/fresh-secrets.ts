import { randomBytes } from 'node:crypto';
import { createSigningKey } from '@parley/tokens';

/** Lines for a `.env` file: every secret of a fleet, new at each call. */
export function freshSecrets(): string[] {
  const { signing, accepted } = createSigningKey();
  return [
    `LINK_SECRET=${randomBytes(32).toString('base64url')}`,
    `OPS_TOKEN=${randomBytes(32).toString('base64url')}`,
    `CURSOR_SECRET=${randomBytes(32).toString('base64url')}`,
    `TOKEN_SIGNING_KEY=${signing}`,
    '# The public half of TOKEN_SIGNING_KEY, for TOKEN_ACCEPTED_KEYS when the key is changed:',
    `# ${accepted}`,
  ];
}
