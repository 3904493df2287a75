export { GatewayLink, LinkReceiver, type LinkFrame, type Push } from './gateway-link.js';
export { InProcessGatewayLink } from './embedded/in-process-gateway-link.js';
