export { GatewayLink, LinkReceiver, type LinkFrame, type Push } from './gateway-link.js';
