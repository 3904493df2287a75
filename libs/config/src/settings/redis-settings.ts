import { hasKnownPassword } from '../development-values.js';
import { PemFileVariable, TextVariable } from '../variable.js';
import { faultsOfTls } from './faults.js';

/** Where the sessions, signals and limits of a fleet are. */
export class RedisSettings {
  @TextVariable({
    pattern: /^rediss?:\/\/\S+$/,
    shape: 'a URL redis://... or rediss://...',
    example: 'redis://localhost:6379',
    isDevelopment: hasKnownPassword,
    about: 'Redis, sessions, signals and limits: its URL; rediss: speaks TLS.',
  })
  readonly REDIS_URL: string;

  @TextVariable({ about: 'In front of every key and channel, where several systems share the server.' })
  readonly REDIS_PREFIX: string = 'parley:';

  @PemFileVariable({
    optional: true,
    example: '/etc/parley/redis-ca.pem',
    about: "PEM file of the authority behind the server's certificate; without it the system's authorities count.",
  })
  readonly REDIS_TLS_CA?: string;

  static faultsIn({ REDIS_URL, REDIS_TLS_CA }: RedisSettings): string[] {
    return faultsOfTls({ REDIS_TLS_CA }, REDIS_URL.startsWith('rediss:'), 'REDIS_URL begins with rediss:');
  }
}
