export { Signals, type ReplacedSignal, type RevokedSignal, type Signal } from './signals.js';
export { InMemorySignals } from './embedded/in-memory-signals.js';
