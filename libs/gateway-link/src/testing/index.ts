export { gatewayLinkContract, type GatewayLinkUnderTest } from './gateway-link.contract.js';
