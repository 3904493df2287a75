import type { Socket } from 'node:net';
import { Logger } from '@nestjs/common';
import { ServerTCP } from '@nestjs/microservices';
import { answeringSocket } from './link-socket.js';
import { tlsOfServer, type LinkTls } from './link-tls.js';
import { linkToken } from './link-token.js';
import { SparseLog } from './sparse-log.js';

export interface LinkServerOptions {
  /** The name of this process on the link: "host:port" as routers reach it. */
  address: string;
  /** The same in all processes of a fleet. */
  secret: string;
  /** The interface and port to listen on. */
  host: string;
  port: number;
  tls?: LinkTls;
}

/**
 * The transport on which a process takes frames: `app.connectMicroservice({ strategy: new LinkServer(...) })`, with
 * `LinkModule` to say who receives them. A peer without the token for this address is disconnected unheard; nothing that
 * comes in ends the process.
 */
export class LinkServer extends ServerTCP {
  private readonly log = new SparseLog(new Logger(LinkServer.name));

  constructor({ address, secret, host, port, tls }: LinkServerOptions) {
    const tlsOptions = tls ? { tlsOptions: tlsOfServer(tls) } : {};
    super({ host, port, socketClass: answeringSocket(linkToken(secret, address)), ...tlsOptions });
    if (tls) this.server.on('tlsClientError', (error: Error) => this.handleError(error));
  }

  /** Calls back with any error; Nest's own reports a port in use, and with other errors the start would never end. */
  override listen(callback: (error?: unknown) => void): void {
    this.server.once('error', callback);
    this.server.listen(this.port, this.host, () => {
      this.server.off('error', callback);
      callback();
    });
  }

  /** As Nest's own, except that a fault of a connection is logged as what it is. */
  override bindHandler(socket: Socket): void {
    this.trackOpenSocket(socket);
    const from = socket.remoteAddress;
    const peer = this.getSocketInstance(socket);
    peer.on('message', (message: unknown) => {
      this.handleMessage(peer, message).catch((error: unknown) => this.handleError(error));
    });
    socket.on('error', (error) => this.log.warn(`a connection from ${from} ended: ${error.message}`));
  }

  protected override handleError(error: unknown): void {
    this.log.warn(error instanceof Error ? error.message : String(error));
  }
}
