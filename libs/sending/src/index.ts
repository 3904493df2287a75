export { PendingVerdicts } from './pending-verdicts.js';
