export {
  GatewayAbsent,
  GatewayLink,
  LinkReceiver,
  type HeadDigest,
  type LinkFrame,
  type Push,
} from './gateway-link.js';
export { InProcessGatewayLink } from './embedded/in-process-gateway-link.js';
export { LinkModule, type LinkModuleOptions } from './tcp/link.module.js';
export { LinkServer, type LinkServerOptions } from './tcp/link-server.js';
export type { LinkTls } from './tcp/link-tls.js';
export { TcpGatewayLink, type TcpLinkOptions } from './tcp/tcp-gateway-link.js';
