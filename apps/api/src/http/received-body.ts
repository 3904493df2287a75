import express, { type NextFunction, type Request, type Response } from 'express';
import { limits, RejectedError, rejected } from '@parley/contracts';

/**
 * Reads a request's body as bytes, whatever it claims to be. Over the limit: `payload_too_large`. Compressed bodies are
 * not taken: `unsupported_media_type`.
 */
export const readBytes = express.raw({ type: () => true, limit: limits.FRAME_BYTES, inflate: false });

/** Puts the bytes where the routes that take a body find them (`JsonBody`). Comes after `readBytes`. */
export function keepReceivedBody(request: Request, _response: Response, next: NextFunction): void {
  const bytes: unknown = request.body;
  if (Buffer.isBuffer(bytes)) request.body = new ReceivedBody(request.headers['content-type'] ?? '', bytes);
  next();
}

/**
 * A body that nobody has looked into yet. Parsing waits until a route asks for it: an unknown route or a missing token
 * is answered as such, and never with a fault of the body.
 */
export class ReceivedBody {
  constructor(
    private readonly contentType: string,
    private readonly bytes: Uint8Array,
  ) {}

  /** The parsed JSON; an empty body is `{}`. Throws a RejectedError for another media type and for what is not JSON. */
  parse(): unknown {
    if (this.bytes.byteLength === 0) return {};
    if (!isJson(this.contentType)) throw new RejectedError(rejected('unsupported_media_type'));
    try {
      // Fatal: a lenient decoder would put U+FFFD in place of bad bytes, and the text would not come back as it was.
      return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(this.bytes));
    } catch {
      const message = 'must be JSON in UTF-8';
      throw new RejectedError(
        rejected('validation_failed', `The body ${message}`, { faults: [{ path: '', message }] }),
      );
    }
  }
}

function isJson(contentType: string): boolean {
  const [mediaType = '', ...parameters] = contentType.toLowerCase().split(';');
  if (mediaType.trim() !== 'application/json') return false;
  return parameters.every((parameter) => {
    const [name = '', value = ''] = parameter.split('=');
    return name.trim() !== 'charset' || /^"?utf-?8"?$/.test(value.trim());
  });
}
