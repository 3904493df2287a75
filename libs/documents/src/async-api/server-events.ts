import { SERVER_EVENTS } from '@parley/contracts';
import { exampleOf } from '../example-of.js';
import { refTo, type Schemas } from '../schema.js';
import { channelRef, idOf, messageRef, type Channel, type Operation, type Part } from './async-api-document.js';

/** What the server emits: a channel per event. */
export function serverEvents(schemas: Schemas): Part {
  const channels: Record<string, Channel> = {};
  const operations: Record<string, Operation> = {};
  for (const [event, { payload: dto, summary, ...more }] of Object.entries(SERVER_EVENTS)) {
    const id = idOf(event);
    const payload = refTo(dto);
    const examples = [{ payload: 'example' in more ? more.example : exampleOf(payload, schemas) }];
    channels[id] = { address: event, messages: { event: { name: event, summary, payload, examples } } };
    operations[`send_${id}`] = {
      action: 'send',
      channel: channelRef(id),
      summary,
      messages: [messageRef(id, 'event')],
    };
  }
  return { channels, operations };
}
