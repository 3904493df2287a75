export { sessionRegistryContract } from './session-registry.contract.js';
