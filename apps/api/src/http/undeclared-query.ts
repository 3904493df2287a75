import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import type { Request } from 'express';
import type { Observable } from 'rxjs';
import { RejectedError, rejected } from '@parley/contracts';

/**
 * Refuses query parameters on routes that declare none; routes with a `@Query` check their own. Stands on each controller:
 * a global interceptor would run for every socket event of the same application too.
 */
@Injectable()
export class UndeclaredQuery implements NestInterceptor {
  private readonly declares = new WeakMap<object, boolean>();

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const [unknown] = Object.keys(context.switchToHttp().getRequest<Request>().query);
    if (unknown !== undefined && !this.hasQuery(context)) throw new RejectedError(notTaken(unknown));
    return next.handle();
  }

  private hasQuery(context: ExecutionContext): boolean {
    const handler = context.getHandler();
    const known = this.declares.get(handler);
    if (known !== undefined) return known;
    const parameters: unknown = Reflect.getMetadata(ROUTE_ARGS_METADATA, context.getClass(), handler.name);
    const declared = Object.keys(parameters ?? {}).some((key) => key.startsWith(`${RouteParamtypes.QUERY}:`));
    this.declares.set(handler, declared);
    return declared;
  }
}

function notTaken(path: string) {
  const message = 'is not a parameter of this route';
  return rejected('validation_failed', `A query parameter ${message}`, { faults: [{ path, message }] });
}
