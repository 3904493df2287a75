import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { LinkReceiver } from '../gateway-link.js';
import { LinkServer, type LinkServerOptions } from '../tcp/link-server.js';
import { LinkModule } from '../tcp/link.module.js';

/** The secret of the fleet that the tests are. */
export const LINK_SECRET = 'of the fleet under test';

@Module({})
class GatewayUnderTestModule {}

/** An address on this machine that nobody listens at. */
export async function freeAddress(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return `127.0.0.1:${port}`;
}

/** What a gateway or an API process is on the link: a Nest microservice at `address`. Resolves to how to end it. */
export async function startLinkProcess(
  address: string,
  receiver: LinkReceiver,
  options: Partial<LinkServerOptions> = {},
): Promise<() => Promise<void>> {
  const [host = '', port] = address.split(':');
  const strategy = new LinkServer({ address, secret: LINK_SECRET, host, port: Number(port), ...options });
  const received = LinkModule.forRoot({ imports: [], receiver: { useFactory: () => receiver } });
  const root = { module: GatewayUnderTestModule, imports: [received] };
  const app = await NestFactory.createMicroservice(root, { strategy, logger: false });
  await app.listen();
  return () => app.close();
}
