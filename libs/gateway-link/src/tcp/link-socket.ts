import { timingSafeEqual } from 'node:crypto';
import type { Socket } from 'node:net';
import type { Type } from '@nestjs/common';
import { TcpSocket } from '@nestjs/microservices';
import { encodeMessage, MAX_MESSAGE_BYTES, MessageReader } from './message-framing.js';
import { TOKEN_BYTES } from './link-token.js';

/** A peer has so long, in milliseconds, to show its token. */
const TOKEN_WITHIN_MS = 5_000;
/** Longer than a router keeps a connection it does not use, in milliseconds: the far host has gone without a word. */
const SILENT_MS = 600_000;
/** So many bytes may wait for a peer that does not read. */
const MAX_UNREAD_BYTES = 2 * MAX_MESSAGE_BYTES;

/**
 * One connection of the link, in the place of Nest's JsonSocket. That one gathers text up to a length in characters, quotes
 * what it cannot parse in the log, and goes on listening after it; here lengths are bytes, and a fault ends the connection.
 */
abstract class LinkSocket extends TcpSocket {
  private readonly reader = new MessageReader();

  constructor(socket: Socket) {
    super(socket);
    // A frame is one write and waits for its answer: held back for company, it would only be late.
    socket.setNoDelay(true);
  }

  protected override handleSend(message: unknown): void {
    this.socket.write(encodeMessage(message));
    if (this.socket.writableLength > MAX_UNREAD_BYTES) this.handleDataError(new Error('The peer does not read'));
  }

  protected override handleData(chunk: Buffer): void {
    for (const message of this.reader.read(chunk)) this.socket.emit('message', message);
  }

  protected override handleDataError(error: unknown): void {
    this.socket.destroy(error instanceof Error ? error : new Error(String(error)));
  }
}

/** The router's end: shows its token before anything else. */
export function callingSocket(token: Buffer): Type<TcpSocket> {
  return class extends LinkSocket {
    constructor(socket: Socket) {
      super(socket);
      socket.once('connect', () => socket.write(token));
    }
  };
}

/**
 * The gateway's end: nothing is parsed, and no more than a token is held, before the right token has come. A wrong one ends
 * the connection.
 */
export function answeringSocket(token: Buffer): Type<TcpSocket> {
  return class extends LinkSocket {
    private shown = Buffer.alloc(0);

    constructor(socket: Socket) {
      super(socket);
      const impatience = setTimeout(() => this.dropStranger(), TOKEN_WITHIN_MS).unref();
      socket.once('close', () => clearTimeout(impatience));
      socket.setTimeout(SILENT_MS, () => socket.destroy());
    }

    protected override handleData(chunk: Buffer): void {
      const missing = TOKEN_BYTES - this.shown.length;
      if (missing > 0) {
        this.shown = Buffer.concat([this.shown, chunk.subarray(0, missing)]);
        if (this.shown.length < TOKEN_BYTES) return;
        if (!timingSafeEqual(this.shown, token)) throw new Error('A peer without the right token');
      }
      if (chunk.length > missing) super.handleData(missing > 0 ? chunk.subarray(missing) : chunk);
    }

    private dropStranger(): void {
      if (this.shown.length < TOKEN_BYTES) this.handleDataError(new Error('A peer that shows no token'));
    }
  };
}
