import type { OnApplicationShutdown } from '@nestjs/common';
import { GatewayAbsent, GatewayLink, type LinkFrame } from '../gateway-link.js';
import { parseLinkAddress } from './link-address.js';
import { LinkClient } from './link-client.js';
import { linkToken } from './link-token.js';
import type { LinkTls } from './link-tls.js';
import { FRAME_PATTERN } from './link.controller.js';

/** A connection that carried nothing for so long, in milliseconds, is closed. */
const IDLE_MS = 300_000;
/** How it looks when nobody listens there (any more). */
const ABSENT_CODES: unknown[] = ['ECONNREFUSED', 'ENOTFOUND'];

export interface TcpLinkOptions {
  /** The same in all processes of a fleet. */
  secret: string;
  tls?: LinkTls;
}

/**
 * The link between processes, over Nest's TCP transport: a gateway's name is its address "host:port" as other processes reach
 * it, so a router needs no directory, and verdicts find their process while the session registry is away. One connection a
 * gateway; a frame is taken when the far side has answered.
 */
export class TcpGatewayLink extends GatewayLink implements OnApplicationShutdown {
  private readonly lines = new Map<string, Line>();

  constructor(private readonly options: TcpLinkOptions) {
    super();
  }

  override async deliver(gateway: string, frame: LinkFrame, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    const { client, idle } = this.lineTo(gateway);
    idle.refresh();
    const drop = (): void => client.drop('the frame was given up');
    signal?.addEventListener('abort', drop, { once: true });
    try {
      await client.request(FRAME_PATTERN, frame);
    } catch (error) {
      throw notTaken(gateway, error);
    } finally {
      signal?.removeEventListener('abort', drop);
    }
  }

  /** After the last frame: what is still on its way rejects. */
  onApplicationShutdown(): void {
    for (const gateway of this.lines.keys()) this.hangUp(gateway);
  }

  private lineTo(gateway: string): Line {
    const known = this.lines.get(gateway);
    if (known) return known;
    const address = parseLinkAddress(gateway);
    if (!address) throw new GatewayAbsent(gateway);
    const client = new LinkClient(address, linkToken(this.options.secret, gateway), this.options.tls);
    const line = { client, idle: setTimeout(() => this.hangUp(gateway), IDLE_MS).unref() };
    this.lines.set(gateway, line);
    return line;
  }

  private hangUp(gateway: string): void {
    const line = this.lines.get(gateway);
    this.lines.delete(gateway);
    clearTimeout(line?.idle);
    line?.client.drop('the link was closed');
  }
}

interface Line {
  client: LinkClient;
  idle: NodeJS.Timeout;
}

/** Nest rejects with errors of the socket, and with plain objects that the far side answered. */
function notTaken(gateway: string, cause: unknown): Error {
  const { code, message } = Object(cause) as { code?: unknown; message?: unknown };
  if (ABSENT_CODES.includes(code)) return new GatewayAbsent(gateway, cause);
  return new Error(`Gateway ${gateway} did not take the frame: ${String(message ?? cause)}`, { cause });
}
