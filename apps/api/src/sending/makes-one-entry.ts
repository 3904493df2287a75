import { applyDecorators } from '@nestjs/common';
import { ApiCreatedResponse, ApiHeader, ApiOkResponse } from '@nestjs/swagger';
import { SentView } from '@parley/contracts';

/** Describes a route that makes one entry of a conversation: its key, and both answers. Documentation only. */
export function MakesOneEntry(): MethodDecorator {
  return applyDecorators(
    ApiHeader({
      name: 'Idempotency-Key',
      required: true,
      description: "The attempt's client_msg_id, a UUID.",
      schema: { type: 'string', format: 'uuid' },
      example: '0f9c1d6e-7e0b-4a55-9d2b-0d8f6c1f1a11',
    }),
    ApiCreatedResponse({ type: SentView, description: 'Durable, sequenced, stored and readable.' }),
    ApiOkResponse({ type: SentView, description: 'An earlier attempt with this key was accepted: its answer.' }),
  );
}
