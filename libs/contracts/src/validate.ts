import { validateSync, type ValidationError } from 'class-validator';
import { rejected, type Fault, type Rejection } from './error-codes.js';
import { inspectJson } from './json-checks.js';

/**
 * Checks a parsed JSON payload against a DTO class: one object, known fields only, every decorator's rule. Costs a few
 * microseconds; Nest's ValidationPipe does the same for ten times that. The instance shares the payload's nested
 * values, so what was sent is stored unchanged.
 */
export function validate<T extends object>(dto: new () => T, payload: unknown): { ok: true; value: T } | Rejection {
  if (payload === null || typeof payload !== 'object' || Array.isArray(payload)) {
    return invalid([{ path: '', message: 'must be one JSON object' }]);
  }
  const fault = inspectJson(payload);
  if (fault) return invalid([fault]);
  // class-validator looks fields up in a plain object, which knows these names by its prototype.
  const inherited = Object.keys(payload).find((name) => name in Object.prototype);
  if (inherited !== undefined) return invalid([{ path: inherited, message: 'is not a known field' }]);
  const value = Object.assign(new dto(), payload);
  const errors = validateSync(value, {
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    validationError: { target: false, value: false },
  });
  if (errors.length === 0) return { ok: true, value };
  return invalid(errors.flatMap((error) => faultsOf(error, '')));
}

function invalid(faults: Fault[]): Rejection {
  const [first] = faults;
  const where = first?.path ? `${first.path} ` : '';
  return rejected('validation_failed', `${where}${first?.message ?? 'is not valid'}`, { faults });
}

function faultsOf(error: ValidationError, parent: string): Fault[] {
  const path = parent === '' ? error.property : `${parent}.${error.property}`;
  const own = Object.entries(error.constraints ?? {}).map(([rule, message]) => ({
    path,
    message: rule === 'whitelistValidation' ? 'is not a known field' : withoutName(message, error.property),
  }));
  return [...own, ...(error.children ?? []).flatMap((child) => faultsOf(child, path))];
}

/** class-validator's sentences begin with the property, which the path names already. */
function withoutName(message: string, property: string): string {
  return message.startsWith(property) ? message.slice(property.length).trimStart() : message;
}
