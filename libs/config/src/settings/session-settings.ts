import { IntegerVariable } from '../variable.js';

/** Of the sessions on a gateway. */
export class SessionSettings {
  @IntegerVariable({ min: 1, max: 1_000_000, about: 'Connections that one process takes; further ones are refused.' })
  readonly MAX_CONNECTIONS: number = 20_000;

  @IntegerVariable({ min: 1, max: 100_000, about: 'Entries that a session is sent ahead of its acknowledgements.' })
  readonly WINDOW_ENTRIES: number = 200;

  @IntegerVariable({
    min: 1,
    max: 67_108_864,
    about: 'Bytes that a session is sent ahead of its acknowledgements.',
  })
  readonly WINDOW_BYTES: number = 131_072;

  @IntegerVariable({
    min: 10,
    max: 3_600_000,
    about: 'A session that acknowledges nothing for so many milliseconds ends.',
  })
  readonly ACK_TIMEOUT_MS: number = 10_000;

  @IntegerVariable({
    min: 100,
    max: 300_000,
    about: 'Every client is asked for a sign of life so often, in milliseconds.',
  })
  readonly PING_INTERVAL_MS: number = 25_000;

  @IntegerVariable({ min: 100, max: 300_000, about: 'A client that gives none for so many milliseconds is gone.' })
  readonly PING_TIMEOUT_MS: number = 20_000;

  @IntegerVariable({ min: 0, max: 10_000, about: 'Users whose presence one session may watch.' })
  readonly WATCHED_USERS: number = 500;
}
