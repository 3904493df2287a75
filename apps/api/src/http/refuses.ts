import type { Type } from '@nestjs/common';
import { ERRORS, type ErrorCode } from '@parley/contracts';

const REFUSED = Symbol('refused codes');
const CODES = Object.keys(ERRORS) as ErrorCode[];

/** An unknown query parameter, a body that nobody reads, an engine that is away: any route may meet these. */
const ALWAYS: readonly ErrorCode[] = [
  'validation_failed',
  'payload_too_large',
  'unsupported_media_type',
  'unavailable',
  'internal',
];
const WITH_TOKEN: readonly ErrorCode[] = ['unauthorized', 'token_expired'];

/**
 * Names the refusals of a route (or, on a controller, of all its routes) for the OpenAPI document, beyond those that
 * follow from what the route is: see `refusalsOf`. Documentation only.
 */
export function Refuses(...codes: ErrorCode[]): ClassDecorator & MethodDecorator {
  return (target: object, _name?: string | symbol, descriptor?: PropertyDescriptor) => {
    const declared = (descriptor?.value ?? target) as object;
    Reflect.defineMetadata(REFUSED, [...codes, ...declaredOn(declared)], declared);
  };
}

/** Every code that a route may answer with, in the order of the table of errors. */
export function refusalsOf(
  controller: Type,
  method: string,
  route: { needsToken: boolean; hasIdInPath: boolean },
): ErrorCode[] {
  const handler = (controller.prototype as Record<string, object>)[method];
  const codes = new Set([
    ...ALWAYS,
    ...(route.needsToken ? WITH_TOKEN : []),
    ...(route.hasIdInPath ? ['not_found'] : []),
    ...declaredOn(controller),
    ...declaredOn(handler),
  ]);
  return CODES.filter((code) => codes.has(code));
}

function declaredOn(target: object): ErrorCode[] {
  return (Reflect.getOwnMetadata(REFUSED, target) as ErrorCode[] | undefined) ?? [];
}
