import { Injectable, type PipeTransform } from '@nestjs/common';
import { ID, RejectedError, rejected } from '@parley/contracts';

/** An id in a path: `@Param('user_id', PathId) userId: string`. A malformed one names nothing: 404 `not_found`. */
@Injectable()
export class PathId implements PipeTransform<string, string> {
  transform(value: string): string {
    if (!ID.test(value)) throw new RejectedError(rejected('not_found'));
    return value;
  }
}
