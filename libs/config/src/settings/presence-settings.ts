import { IntegerVariable } from '../variable.js';

/** Of presence, in sockets and REST alike. */
export class PresenceSettings {
  @IntegerVariable({
    min: 0,
    max: 3_600_000,
    about:
      "Milliseconds between the end of a user's last session and going offline; changes are no closer to each other.",
  })
  readonly PRESENCE_GRACE_MS: number = 10_000;
}
