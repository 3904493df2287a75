import type { PipeTransform } from '@nestjs/common';
import { RejectedError, rejected, validate } from '@parley/contracts';

const WHOLE_NUMBER = /^(0|[1-9][0-9]{0,14})$/;

/**
 * The query of a route as its DTO: `@Query(new QueryParameters(PageQueryDto)) query: PageQueryDto`. Refuses unknown and
 * repeated parameters with 400 `validation_failed`. Properties declared as plain `number` are read from whole decimal
 * numbers without sign, exponent or leading zero; any other spelling stays text and fails the DTO's own rule.
 */
export class QueryParameters<T extends object> implements PipeTransform<unknown, T> {
  constructor(private readonly dto: new () => T) {}

  transform(query: unknown): T {
    const given = Object.entries(query as Record<string, string | string[]>);
    const repeated = given.find(([, value]) => typeof value !== 'string');
    if (repeated) throw new RejectedError(tooOften(repeated[0]));
    // A null prototype lets a parameter named __proto__ be an ordinary, unknown name.
    const payload: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
    for (const [name, value] of given) payload[name] = this.read(name, value);
    const checked = validate(this.dto, payload);
    if (!checked.ok) throw new RejectedError(checked);
    return checked.value;
  }

  private read(name: string, value: string | string[]): unknown {
    const declared: unknown = Reflect.getMetadata('design:type', this.dto.prototype as object, name);
    return declared === Number && WHOLE_NUMBER.test(String(value)) ? Number(value) : value;
  }
}

function tooOften(name: string) {
  const message = 'must be given once';
  return rejected('validation_failed', `A query parameter ${message}`, { faults: [{ path: name, message }] });
}
