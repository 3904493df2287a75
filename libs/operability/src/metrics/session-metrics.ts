import { ReadGauge } from './read-gauge.js';

export const connectionCount = new ReadGauge({
  name: 'parley_connections',
  help: 'Open Socket.IO connections, those without a session included',
});

export const sessionCount = new ReadGauge({
  name: 'parley_sessions',
  help: 'Sessions of this gateway',
});

/** Sessions that read from the store: they sync, or they lie behind what was pushed to them. */
export const catchUpCount = new ReadGauge({
  name: 'parley_catch_up_sessions',
  help: 'Sessions that are being sent entries from the store, in a sync or because they lie behind',
});
