import { hasKnownPassword } from '../development-values.js';
import { ChoiceVariable, IntegerVariable, PemFileVariable, TextVariable } from '../variable.js';
import { faultsOfTls } from './faults.js';

export const POSTGRES_TLS_MODES = ['off', 'require', 'verify'] as const;
export type PostgresTls = (typeof POSTGRES_TLS_MODES)[number];

/** Where users, groups and leases of a fleet are. */
export class PostgresSettings {
  @TextVariable({
    pattern: /^postgres(ql)?:\/\/\S+$/,
    shape: 'a URL postgres://...',
    example: 'postgres://parley:secret@localhost:5432/parley',
    isDevelopment: hasKnownPassword,
    about: 'PostgreSQL, users, groups and leases: its URL.',
  })
  readonly POSTGRES_URL: string;

  @IntegerVariable({ min: 1, max: 1_000, about: 'Most connections that one process keeps open to PostgreSQL.' })
  readonly POSTGRES_POOL_SIZE: number = 10;

  @ChoiceVariable({
    choices: POSTGRES_TLS_MODES,
    about: 'TLS with PostgreSQL: off, require (encrypted, any certificate) or verify (a certificate that is checked).',
  })
  readonly POSTGRES_TLS: PostgresTls = 'off';

  @PemFileVariable({
    optional: true,
    example: '/etc/parley/postgres-ca.pem',
    about: "PEM file of the authority behind the server's certificate; without it the system's authorities count.",
  })
  readonly POSTGRES_TLS_CA?: string;

  static faultsIn({ POSTGRES_TLS, POSTGRES_TLS_CA }: PostgresSettings): string[] {
    return faultsOfTls({ POSTGRES_TLS_CA }, POSTGRES_TLS === 'verify', 'POSTGRES_TLS is verify');
  }
}
