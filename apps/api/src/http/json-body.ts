import type { PipeTransform } from '@nestjs/common';
import { RejectedError, validate } from '@parley/contracts';
import { ReceivedBody } from './received-body.js';

/**
 * The body of a route as its DTO: `@Body(new JsonBody(LoginDto)) input: LoginDto`. No body is `{}`. Refuses with 400
 * `validation_failed` or 415 `unsupported_media_type`.
 */
export class JsonBody<T extends object> implements PipeTransform<unknown, T> {
  constructor(private readonly dto: new () => T) {}

  transform(body: unknown): T {
    const checked = validate(this.dto, body instanceof ReceivedBody ? body.parse() : {});
    if (!checked.ok) throw new RejectedError(checked);
    return checked.value;
  }
}
