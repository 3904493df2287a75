/**
 * The secrets of a fleet on one developer's machine (`npm run cluster`). They stand here for everybody to read, so that
 * every process of such a fleet agrees on them without a word; production refuses to start with any of them.
 */
export const DEVELOPMENT_SECRETS = {
  LINK_SECRET: 'development-link-secret-that-everybody-knows',
  CURSOR_SECRET: 'development-cursor-secret-that-everybody-knows',
  TOKEN_SIGNING_KEY: 'MC4CAQAwBQYDK2VwBCIEIH+/oxC2ZqwW8mAM0DKZI/53mnIR4QcfI4NBtJjitwQ8',
} as const;

/** The public half of that signing key: whoever accepts it takes tokens that anybody can sign. */
const DEVELOPMENT_PUBLIC_KEY = 'MCowBQYDK2VwAyEAe+EBARPiLsquf7eDXa1F6Y80UD7FmMuoXmXg8vFcD3E=';

const KNOWN_SECRETS = new Set<string>([...Object.values(DEVELOPMENT_SECRETS), DEVELOPMENT_PUBLIC_KEY]);
/** What engines come with, and what the examples and the local engines of this repository use. */
const KNOWN_PASSWORDS = new Set(['parley', 'secret', 'password', 'changeme', 'cassandra', 'postgres', 'admin']);

export function isDevelopmentSecret(value: string): boolean {
  return KNOWN_SECRETS.has(value) || /development|example|changeme/i.test(value);
}

export function isKnownPassword(value: string): boolean {
  return KNOWN_PASSWORDS.has(value.toLowerCase()) || isDevelopmentSecret(value);
}

/** Whether the password in a URL is one of those. A URL without a password, or that is none, has none to refuse. */
export function hasKnownPassword(url: string): boolean {
  return URL.canParse(url) && isKnownPassword(new URL(url).password);
}
