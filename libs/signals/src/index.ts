export {
  Signals,
  type DeviceRemovedSignal,
  type Following,
  type PresenceSignal,
  type ReceiptSignal,
  type ReplacedSignal,
  type RevokedSignal,
  type Signal,
  type Topic,
  type TypingSignal,
} from './signals.js';
export { InMemorySignals } from './embedded/in-memory-signals.js';
export { RedisSignals } from './redis/redis-signals.js';
