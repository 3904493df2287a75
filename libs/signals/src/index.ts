export { Signals, type ReplacedSignal, type RevokedSignal, type Signal } from './signals.js';
