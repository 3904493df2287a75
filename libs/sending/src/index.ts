export { PendingVerdicts } from './pending-verdicts.js';
export { SendLimits, sendLimitsOf } from './send-limits.js';
export { SendingModule } from './sending.module.js';
export { SubmitEntry, type Submission, type Submittal } from './submit-entry.js';
