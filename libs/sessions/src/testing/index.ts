export { gatewayLeasesContract, type GatewayLeasesUnderTest } from './gateway-leases.contract.js';
export { rememberedDevicesContract } from './remembered-devices.contract.js';
export { sessionRegistryContract, type SessionRegistryUnderTest } from './session-registry.contract.js';
