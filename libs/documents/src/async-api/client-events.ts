import { CLIENT_EVENTS, ERRORS, ErrorView, type ErrorCode } from '@parley/contracts';
import { exampleOf } from '../example-of.js';
import { refTo, resolved, type Schema, type Schemas } from '../schema.js';
import {
  channelRef,
  idOf,
  messageRef,
  type Channel,
  type Message,
  type Operation,
  type Part,
} from './async-api-document.js';

/** Refusals that every event knows: a payload that is not as it should be, an engine that is away, a fault of ours. */
const ALWAYS: readonly ErrorCode[] = ['validation_failed', 'internal', 'unavailable'];
const ACKNOWLEDGEMENT = 'acknowledgement';
const CODES = Object.keys(ERRORS) as ErrorCode[];

type TakenEvent = (typeof CLIENT_EVENTS)[keyof typeof CLIENT_EVENTS];

/** What clients send: a channel per event, and one for the acknowledgements of all. */
export function clientEvents(schemas: Schemas): Part {
  const channels: Record<string, Channel> = {};
  const operations: Record<string, Operation> = {};
  const acknowledgements: Record<string, Message> = { unknown_event: refused('any other event', ['unknown_event']) };
  for (const [event, taken] of Object.entries(CLIENT_EVENTS)) {
    const id = idOf(event);
    channels[id] = { address: event, messages: { request: requestOf(event, taken, schemas) } };
    acknowledgements[`${id}_accepted`] = accepted(event, taken, schemas);
    acknowledgements[`${id}_refused`] = refused(event, [...ALWAYS, ...taken.refuses]);
    operations[`receive_${id}`] = {
      action: 'receive',
      channel: channelRef(id),
      summary: taken.summary,
      messages: [messageRef(id, 'request')],
      reply: {
        channel: channelRef(ACKNOWLEDGEMENT),
        messages: [messageRef(ACKNOWLEDGEMENT, `${id}_accepted`), messageRef(ACKNOWLEDGEMENT, `${id}_refused`)],
      },
    };
  }
  channels[ACKNOWLEDGEMENT] = {
    address: null,
    title: 'Acknowledgements',
    description:
      "Socket.IO's acknowledgement: the argument of the callback that the client gave with the event. Without a callback " +
      'nothing comes back for an accepted event, and `session:error` for a refused one.',
    messages: acknowledgements,
  };
  return { channels, operations };
}

function requestOf(event: string, { payload, summary }: TakenEvent, schemas: Schemas): Message {
  const schema = refTo(payload);
  return { name: event, summary, payload: schema, examples: [{ payload: exampleOf(schema, schemas) }] };
}

function accepted(event: string, { answer }: TakenEvent, schemas: Schemas): Message {
  const { properties, required = [] } = resolved(refTo(answer), schemas);
  const payload: Schema = {
    type: 'object',
    required: ['ok', ...required],
    properties: { ok: { type: 'boolean', const: true }, ...properties },
  };
  return { name: `${event} accepted`, payload, examples: [{ payload: exampleOf(payload, schemas) }] };
}

function refused(event: string, mentioned: readonly ErrorCode[]): Message {
  const codes = CODES.filter((code) => mentioned.includes(code));
  const error: Schema = { allOf: [refTo(ErrorView)], properties: { code: { type: 'string', enum: codes } } };
  const payload: Schema = {
    type: 'object',
    required: ['ok', 'error'],
    properties: { ok: { type: 'boolean', const: false }, error },
  };
  const examples = codes.map((code) => ({ name: code, payload: { ok: false, error: exampleOfError(code) } }));
  return { name: `${event} refused`, payload, examples };
}

function exampleOfError(code: ErrorCode): ErrorView {
  const { title: message, retryable } = ERRORS[code];
  return { code, message, retryable, ...(code === 'rate_limited' && { retry_after_ms: 250 }) };
}
