import { ClientTCP } from '@nestjs/microservices';
import { lastValueFrom } from 'rxjs';
import type { LinkAddress } from './link-address.js';
import { callingSocket } from './link-socket.js';
import { tlsOfClient, type LinkTls } from './link-tls.js';

/** One connection to one process, made when it is needed and again after it has ended. */
export class LinkClient extends ClientTCP {
  /** What went wrong with the connection that there is; Nest's rejections only say that it closed. */
  private failure: Error | null = null;

  constructor({ host, port }: LinkAddress, token: Buffer, tls: LinkTls | undefined) {
    const tlsOptions = tls ? { tlsOptions: tlsOfClient(tls) } : {};
    super({ host, port, socketClass: callingSocket(token), ...tlsOptions });
  }

  /** Resolves with the answer. Rejects when there is no connection, it ends meanwhile, or the far side refuses. */
  async request(pattern: string, data: object): Promise<void> {
    try {
      await lastValueFrom(this.send<unknown, object>(pattern, data), { defaultValue: undefined });
    } catch (error) {
      // One that has a code is of the attempt to connect, and says it itself.
      throw Object.hasOwn(Object(error) as object, 'code') ? error : (this.failure ?? error);
    }
  }

  override connect(): Promise<unknown> {
    if (!this.connectionPromise) this.failure = null;
    return super.connect();
  }

  /** Ends the connection at once, whatever its state; what is on its way rejects. */
  drop(reason: string): void {
    const { socket } = this;
    this.handleClose();
    socket?.netSocket.destroy(new Error(reason));
  }

  /** Nest would log it; whoever waits learns it from the rejection. */
  override handleError(error: Error): void {
    this.failure = error;
  }
}
