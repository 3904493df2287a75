export { gatewayLeasesContract, type GatewayLeasesUnderTest } from './gateway-leases.contract.js';
export { presenceMarksContract } from './presence-marks.contract.js';
export { rememberedDevicesContract } from './remembered-devices.contract.js';
export { sessionRegistryContract, type SessionRegistryUnderTest } from './session-registry.contract.js';
