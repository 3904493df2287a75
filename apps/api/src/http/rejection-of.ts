import { HttpException } from '@nestjs/common';
import { EngineUnavailable, RejectedError, rejected, type ErrorCode, type Rejection } from '@parley/contracts';

const CODE_BY_STATUS: Partial<Record<number, ErrorCode>> = {
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not_found',
  405: 'method_not_allowed',
  413: 'payload_too_large',
  415: 'unsupported_media_type',
  429: 'rate_limited',
  503: 'unavailable',
};

/**
 * What a thrown value means to the client, or null where it is a fault of ours. Nest maps the errors of Express and its
 * body reader to HttpExceptions before they get here; their own texts are not passed on, since some echo the input.
 */
export function rejectionOf(thrown: unknown): Rejection | null {
  if (thrown instanceof RejectedError) return thrown.rejection;
  if (thrown instanceof EngineUnavailable) return rejected('unavailable', undefined, { retryAfterMs: 1_000 });
  if (!(thrown instanceof HttpException)) return null;
  // A path that cannot be decoded ("/users/%FF") names nothing, like every malformed id in a path.
  if (thrown.cause instanceof URIError) return rejected('not_found');
  const status = thrown.getStatus();
  const code = CODE_BY_STATUS[status];
  if (code) return rejected(code);
  return status < 500 ? rejected('validation_failed') : null;
}
