export { Signals, type DeviceRemovedSignal, type ReplacedSignal, type RevokedSignal, type Signal } from './signals.js';
export { InMemorySignals } from './embedded/in-memory-signals.js';
export { RedisSignals } from './redis/redis-signals.js';
