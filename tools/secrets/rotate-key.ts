import { parseEnv } from 'node:util';
import { createSigningKey, publicHalfOf } from '@parley/tokens';

/**
 * The lines of a change of the key that signs access tokens, from the present `.env` file: three steps, each for every
 * gateway and api before the next. Throws where the file has no such key; the message shows none.
 */
export function keyRotation(envFile: string): string[] {
  const { TOKEN_SIGNING_KEY: present } = parseEnv(envFile);
  if (present === undefined) throw new Error('The file sets no TOKEN_SIGNING_KEY');
  const next = createSigningKey();
  return [
    '# Every line goes into the environment of all gateways and apis; restart them all before the next step.',
    '# 1. The next key is accepted.',
    `TOKEN_ACCEPTED_KEYS=${next.accepted}`,
    '# 2. It signs; the old one is accepted.',
    `TOKEN_SIGNING_KEY=${next.signing}`,
    `TOKEN_ACCEPTED_KEYS=${publicHalfOf(present)}`,
    '# 3. After ACCESS_TOKEN_TTL_S the old one is forgotten.',
    'TOKEN_ACCEPTED_KEYS=',
  ];
}
