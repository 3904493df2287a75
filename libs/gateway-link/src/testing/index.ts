export { gatewayLinkContract, type GatewayLinkUnderTest } from './gateway-link.contract.js';
export { frameOf } from './sample-frame.js';
export { freeAddress, LINK_SECRET, startLinkProcess } from './link-process.js';
