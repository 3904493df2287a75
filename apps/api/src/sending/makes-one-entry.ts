import { applyDecorators } from '@nestjs/common';
import { ApiCreatedResponse, ApiHeader, ApiOkResponse } from '@nestjs/swagger';
import { SentView } from '@parley/contracts';

/** Describes a route that makes one entry of a conversation: its key, and both answers. Documentation only. */
export function MakesOneEntry(): MethodDecorator {
  return applyDecorators(
    ApiHeader({ name: 'Idempotency-Key', required: true, description: "The attempt's client_msg_id, a UUID." }),
    ApiCreatedResponse({ type: SentView, description: 'Durable, sequenced, stored and readable.' }),
    ApiOkResponse({ type: SentView, description: 'An earlier attempt with this key was accepted: its answer.' }),
  );
}
