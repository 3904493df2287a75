export { Draining } from './draining.js';
export { exitWithoutEngines } from './exit-without-engines.js';
export { HealthController } from './health.controller.js';
export { OperabilityModule } from './operability.module.js';
export { Readiness, type ReadinessCheck } from './readiness.js';
export { StructuredLogger } from './structured-logger.js';
