import 'reflect-metadata';
import { RequestMethod } from '@nestjs/common';
import { ApiModule } from '../../../api/src/api.module.js';
import { GatewayModule } from '../../../gateway/src/gateway.module.js';

/** Where Nest's decorators note what they were given: @nestjs/common and @nestjs/websockets, each in its constants. */
const NOTED = { method: 'method', path: 'path', isEvent: 'websockets:message_mapping', event: 'message' } as const;

type Class = new (...args: never[]) => object;
type Member = { module: unknown } | Class;

/** Every route under `/api/v1`, as `GET /users/{user_id}`: from the decorators, so that none can hide from a document. */
export function routesOfTheApi(): string[] {
  return membersOf(ApiModule, 'controllers').flatMap((controller) =>
    handlersOf(controller).flatMap((handler) => {
      const method = Reflect.getMetadata(NOTED.method, handler) as RequestMethod | undefined;
      if (method === undefined) return [];
      const parts = [controller, handler].map((decorated) => String(Reflect.getMetadata(NOTED.path, decorated)));
      const path = parts.flatMap((part) => part.split('/')).filter((part) => part !== '');
      return [`${RequestMethod[method]} /${path.join('/').replaceAll(/:(\w+)/g, '{$1}')}`];
    }),
  );
}

/** Every event that a gateway class takes. */
export function eventsOfTheGateway(): string[] {
  return membersOf(GatewayModule, 'providers').flatMap((provider) =>
    handlersOf(provider)
      .filter((handler) => Reflect.getMetadata(NOTED.isEvent, handler) === true)
      .map((handler) => String(Reflect.getMetadata(NOTED.event, handler))),
  );
}

/** Classes that a module declares, with those of the modules that it imports. */
function membersOf(module: Class, kind: 'controllers' | 'providers'): Class[] {
  const noted = (list: string): Member[] => (Reflect.getMetadata(list, module) ?? []) as Member[];
  const isClass = (member: Member): member is Class => typeof member === 'function';
  return [
    ...noted('imports')
      .filter(isClass)
      .flatMap((imported) => membersOf(imported, kind)),
    ...noted(kind).filter(isClass),
  ];
}

function handlersOf(declared: Class): object[] {
  return Object.values(Object.getOwnPropertyDescriptors(declared.prototype as object))
    .map(({ value }): unknown => value)
    .filter((value) => typeof value === 'function');
}
