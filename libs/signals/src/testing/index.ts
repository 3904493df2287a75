export { signalsContract } from './signals.contract.js';
